namespace AutoMirror.Emulator;

/// <summary>An answer of a service that is an error.</summary>
public sealed class AwsException(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>The error code as clients see it, for example <c>InvalidInstanceID.NotFound</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The code in the service's older Query protocol, where clients still go by it; otherwise null.</summary>
    public string? QueryCode { get; init; }

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
