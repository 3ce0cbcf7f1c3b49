"""The choices a server has where the documentation is silent about refusals. Each of them keeps the contract."""

from mock_server.choice import Choice, Code, Status


class InvalidStatus(Choice):
    """The HTTP status of an operation that is not executed: it does not parse, or an argument does not fit."""

    BY_TYPE = "by-type", "400 in GraphQL's own media type, 200 in `application/json`."
    OK = "200", "200, with the errors in the body."
    BAD_REQUEST = "400", "400 Bad Request."


class InvalidCode(Code):
    """The code of an operation that is not executed, beside its errors: this or any other."""

    NONE = "none", "No code."


class RefusalStatus(Choice):
    """The HTTP status of a request without a valid token."""

    UNAUTHORIZED = "401", "401 Unauthorized."
    FORBIDDEN = "403", "403 Forbidden."
    OK = "200", "200, with the refusal in the body."


class RefusalBody(Choice):
    """The body for a request without a valid token; the documentation shows three."""

    TITLED = "titled", "`errors` with a `title` and a `detail`."
    GRAPHQL = "graphql", "`errors` with a `message` and a code in `extensions`."
    SINGLE = "single", "One `error` with a `message` and `details`."


class UnauthorizedCode(Code):
    """The code in the body for a request without a valid token, where the body has one: this or any other."""

    UNAUTHORIZED = "UNAUTHORIZED", "As the documentation lists it."
    NONE = "none", "No code."


class Denial(Choice):
    """What a caller gets whose role does not see usage."""

    ERROR = "error", "An error."
    NULL = "null", "Null, and no error."


class DeniedStatus(Status):
    """The HTTP status of what may not be seen: one of these or any other from 400 to 499."""

    OK = "200", "200, with the error in the body."
    UNAUTHORIZED = "401", "401 Unauthorized."
    FORBIDDEN = "403", "403 Forbidden."


class DeniedCode(Code):
    """The code of what may not be seen: one of these or any other."""

    PERMISSION_DENIED = "PERMISSION_DENIED", "As the API was seen to answer."
    NONE = "none", "No code."


class UnknownOrganization(Choice):
    """What an organization that is nobody's, or not the caller's, gives."""

    DENIED = "denied", "The error of something that may not be seen."
    NOT_FOUND = "not-found", "The error of something that is not there."
    NULL = "null", "Null, and no error."


class NotFoundStatus(Status):
    """The HTTP status of what is not there: one of these or any other from 400 to 499."""

    OK = "200", "200, with the error in the body."
    NOT_FOUND = "404", "404 Not Found."


class NotFoundCode(Code):
    """The code of what is not there: one of these or any other."""

    NOT_FOUND = "NOT_FOUND", "As the API was seen to answer."
    RESOURCE_NOT_FOUND = "RESOURCE_NOT_FOUND", "As the documentation lists it."
    NONE = "none", "No code."
