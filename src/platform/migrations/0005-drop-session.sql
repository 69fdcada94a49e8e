-- Sessions belong to the module that signs people in. Who was signed in signs in once more.
drop table platform.session;
