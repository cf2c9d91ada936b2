using System.Net;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>Every error code of EC2 and SSM that AutoMirror distinguishes, named once.</summary>
/// <remarks>
/// Sources: EC2 API reference, "Error codes for the Amazon EC2 API", and answers seen from the live service, which spells some
/// not-found codes otherwise than that page. Where it is not sure which is sent, both are taken.
/// </remarks>
internal static class ErrorCodes
{
    private const string InvalidParameterValue = "InvalidParameterValue";
    private const string NumberTakenWords = "already being used";

    private static readonly HashSet<string> Throttled = new(StringComparer.Ordinal)
    {
        "RequestLimitExceeded", "Throttling", "ThrottlingException", "ThrottledException", "TooManyRequestsException",
        "EC2ThrottledException", "RequestThrottled",
    };

    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "InternalError", "InternalFailure", "InternalServerError", "ServiceUnavailable", "Unavailable", "RequestTimeout",
        "RequestTimeoutException",
        RefusalCodes.Connection, RefusalCodes.UnreadableAnswer,
    };

    private static readonly HashSet<string> Denied = new(StringComparer.Ordinal)
    {
        "UnauthorizedOperation", "AccessDenied", "AccessDeniedException", "AuthFailure", "InvalidClientTokenId",
        "UnrecognizedClientException",
        "ExpiredToken", "ExpiredTokenException", "RequestExpired", "SignatureDoesNotMatch", "InvalidSignatureException", "OptInRequired",
        "Blocked",
        "MissingAuthenticationToken", "IncompleteSignature",
    };

    private static readonly Dictionary<string, RefusalKind> Meanings = new(StringComparer.Ordinal)
    {
        ["InvalidNetworkInterfaceID.NotFound"] = RefusalKind.SourceGone,
        ["InvalidNetworkInterfaceId.NotFound"] = RefusalKind.SourceGone,
        ["InvalidNetworkInterface.NotFound"] = RefusalKind.SourceGone,
        ["InvalidTrafficMirrorSessionId.NotFound"] = RefusalKind.SessionGone,
        ["InvalidTrafficMirrorSessionID.NotFound"] = RefusalKind.SessionGone,
        ["InvalidTrafficMirrorSession.NotFound"] = RefusalKind.SessionGone,

        // CreateTags on a session that is gone.
        ["InvalidID"] = RefusalKind.SessionGone,
        ["InvalidTrafficMirrorTargetId.NotFound"] = RefusalKind.ConfiguredGone,
        ["InvalidTrafficMirrorTargetID.NotFound"] = RefusalKind.ConfiguredGone,
        ["InvalidTrafficMirrorTarget.NotFound"] = RefusalKind.ConfiguredGone,
        ["InvalidTrafficMirrorFilterId.NotFound"] = RefusalKind.ConfiguredGone,
        ["InvalidTrafficMirrorFilterID.NotFound"] = RefusalKind.ConfiguredGone,
        ["InvalidTrafficMirrorFilter.NotFound"] = RefusalKind.ConfiguredGone,
        ["TrafficMirrorSessionsPerInterfaceLimitExceeded"] = RefusalKind.SessionsPerInterface,
        ["TrafficMirrorSourcesPerTargetLimitExceeded"] = RefusalKind.TargetFull,
        ["TrafficMirrorSessionsPerTargetLimitExceeded"] = RefusalKind.TargetFull,
        ["TrafficMirrorSessionLimitExceeded"] = RefusalKind.SessionsPerAccount,
        ["NetworkInterfaceNotSupported"] = RefusalKind.SourceNotSupported,
        ["IdempotentParameterMismatch"] = RefusalKind.TokenReused,
    };

    /// <summary>What follows from an error.</summary>
    public static RefusalKind Classify(string code, string message, HttpStatusCode status) => code switch
    {
        _ when Throttled.Contains(code) => RefusalKind.Throttled,
        _ when Transient.Contains(code) => RefusalKind.Transient,
        _ when Denied.Contains(code) => RefusalKind.Denied,
        _ when Meanings.TryGetValue(code, out var kind) => kind,

        // EC2 has no code of its own for a number that is taken, only words.
        InvalidParameterValue when message.Contains(NumberTakenWords, StringComparison.OrdinalIgnoreCase) => RefusalKind.SessionNumberTaken,

        // 501 is what stand-ins for EC2 answer to an action that they lack: no retry helps.
        _ when status >= HttpStatusCode.InternalServerError && status != HttpStatusCode.NotImplemented => RefusalKind.Transient,
        _ => RefusalKind.Other,
    };
}
