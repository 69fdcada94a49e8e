// The shapes of the GovStack Registration building block's API 0.1.1, as far as they are answered or taken here.
import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { textMax } from '../cases/types.ts'

/** Theirs declare few fields as required; ours answer every one that stands here unless it is optional. */
const shape = <Fields extends TProperties>(fields: Fields): TObject<Fields> =>
  Type.Object(fields, { additionalProperties: false })

export const ServiceShape = shape({
  id: Type.String(),
  name: Type.String(),
  version: Type.String(),
  type: Type.Enum(['None', 'Private', 'Public']),
  isExecutable: Type.Boolean(),
  description: Type.String(),
})

const form = {
  eFormId: Type.String(),
  name: Type.String(),
  description: Type.String(),
  version: Type.String(),
  latest: Type.Boolean(),
}
export const EFormLineShape = shape(form)
export const EFormShape = shape({ ...form, schema: Type.Object({}, { additionalProperties: true }) })

export type Status = Static<typeof Status>
export const Status = shape({
  code: Type.Enum(['PENDING', 'APPROVED', 'SENDBACK', 'REJECTED']),
  title: Type.String(),
})

const Instant = Type.String({ format: 'date-time' })

export const ApplicationLineShape = shape({
  fileId: Type.String(),
  serviceId: Type.String(),
  serviceName: Type.String(),
  applicantId: Type.Optional(Type.String()),
  created: Instant,
  registered: Type.Optional(Instant),
  mainTaskId: Type.Optional(Type.String()),
  status: Status,
})

/** Their form data hold objects alone, so that each value stands in one: `{ "step": { "value": "grant" } }`. */
const Scalar = Type.Union([
  Type.String({ maxLength: 10_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Array(Type.String({ maxLength: 200 }), { maxItems: 300 }),
])
const Value = Type.Object({ value: Scalar }, { additionalProperties: false })
const Name = Type.String({ maxLength: 80 })
export type FormData = Static<typeof FormData>
export const FormData = Type.Record(Name, Value, { maxProperties: 100 })

/** The answers of a whole form: under the name of a list stand its things, each with its own. */
export type AnswersData = Static<typeof AnswersData>
export const AnswersData = Type.Record(
  Name,
  Type.Object(
    { value: Type.Union([Scalar, Type.Array(FormData, { maxItems: 100 })]) },
    { additionalProperties: false },
  ),
  { maxProperties: 300 },
)

const DocumentUrls = Type.Array(Type.String({ maxLength: 300 }), { maxItems: 20 })
/** What their `applicationFileSubmit` holds, with what the applicant declares. What else it may hold is not read. */
export const SubmitBody = Type.Object({
  applicantId: Type.Optional(Type.String({ maxLength: 60 })),
  formData: Type.Object({ eFormId: Type.Optional(Type.String({ maxLength: 60 })), data: AnswersData }),
  documentUrls: Type.Optional(DocumentUrls),
  /** Of ours: that it is kept as a draft, whatever is still open. */
  draft: Type.Optional(Type.Boolean()),
  /** That the declaration of the form is made. */
  agree: Type.Optional(Type.Boolean()),
})

/** What an officer corrects, and why: of ours, as the person is told. */
export const CorrectBody = Type.Object({
  formData: SubmitBody.properties.formData,
  documentUrls: SubmitBody.properties.documentUrls,
  reason: Type.Optional(Type.String({ maxLength: textMax })),
})

export const UploadShape = shape({
  code: Type.Integer(),
  type: Type.String(),
  message: Type.String(),
  url: Type.String(),
})

export const ApplicationShape = shape({
  fileId: Type.String(),
  serviceId: Type.String(),
  serviceName: Type.String(),
  registered: Type.Optional(Instant),
  /** Of ours: where the person goes on with what is not sent. */
  url: Type.Optional(Type.String()),
  status: Status,
  ended: Type.Boolean(),
  applicantId: Type.Optional(Type.String()),
  applicationData: shape({
    applicantId: Type.Optional(Type.String()),
    created: Instant,
    formData: shape({ eFormId: Type.String(), data: AnswersData }),
    documentUrls: DocumentUrls,
  }),
})

export const TaskShape = shape({
  taskId: Type.String(),
  mainTaskId: Type.String(),
  name: Type.String(),
  assigneeId: Type.Optional(Type.String()),
  created: Instant,
  description: Type.String(),
  serviceId: Type.String(),
  serviceName: Type.String(),
  fileId: Type.String(),
  eFormId: Type.String(),
  status: Status,
})

export const DataTaskShape = shape({
  taskId: Type.String(),
  taskName: Type.String(),
  assigneeId: Type.Optional(Type.String()),
  created: Instant,
  description: Type.String(),
  fileId: Type.String(),
  serviceId: Type.String(),
  serviceName: Type.String(),
  eFormId: Type.String(),
  /** What completing takes: the steps that can be taken now, and the number of the event that was seen. */
  formVariables: Type.Record(Type.String(), Type.Object({ value: Type.Unknown() })),
  status: Status,
})

export const CompleteBody = Type.Object({ data: FormData })
export const CompletedShape = shape({
  taskId: Type.String(),
  fileId: Type.String(),
  serviceId: Type.String(),
  status: Status,
})
