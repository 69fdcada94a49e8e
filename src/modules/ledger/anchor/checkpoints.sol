// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

/// Checkpoints of transparency logs (C2SP tlog-checkpoint), kept where nobody can take one back. A log is called by the SHA-256 of
/// its origin. Whoever trusts this chain needs no signature of the log: hashes that lead from an entry to `root` are enough.
contract Checkpoints {
    struct Checkpoint {
        bytes32 root;
        uint64 time;
    }

    /// The only one that writes. Set when the contract is made.
    address public publisher;
    /// How many entries the newest checkpoint of a log has; 0 before the first.
    mapping(bytes32 log => uint64 size) public newest;
    mapping(bytes32 log => mapping(uint64 size => Checkpoint)) private checkpoints;

    event Anchored(bytes32 indexed log, uint64 size, bytes32 root);
    event HandedOver(address indexed from, address indexed to);

    error NotPublisher();
    error NotLarger(uint64 newest);

    constructor(address publisher_) {
        publisher = publisher_;
        emit HandedOver(address(0), publisher_);
    }

    modifier onlyPublisher() {
        if (msg.sender != publisher) revert NotPublisher();
        _;
    }

    /// Keeps a checkpoint. A log only grows: so none is kept twice, and none is ever replaced.
    function anchor(bytes32 log, uint64 size, bytes32 root) external onlyPublisher {
        if (size <= newest[log]) revert NotLarger(newest[log]);
        newest[log] = size;
        checkpoints[log][size] = Checkpoint(root, uint64(block.timestamp));
        emit Anchored(log, size, root);
    }

    /// The root of the checkpoint of this size and the time of its block; zeros where none of this size is kept.
    function kept(bytes32 log, uint64 size) external view returns (bytes32 root, uint64 time) {
        Checkpoint storage found = checkpoints[log][size];
        return (found.root, found.time);
    }

    /// Lets another account publish, and the one of before no longer.
    function handOver(address to) external onlyPublisher {
        publisher = to;
        emit HandedOver(msg.sender, to);
    }
}
