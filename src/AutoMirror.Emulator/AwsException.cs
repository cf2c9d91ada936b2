namespace AutoMirror.Emulator;

/// <summary>An answer of the service that is an error: its code, its wording, its HTTP status.</summary>
public sealed class AwsException(string code, string message, int status = 400) : Exception(message)
{
    /// <summary>The error code as clients see it, for example <c>InvalidInstanceID.NotFound</c>.</summary>
    public string Code { get; } = code;

    /// <summary>The code that the same error had in a service's older Query protocol, where clients still go by it.</summary>
    public string? QueryCode { get; init; }

    /// <summary>The HTTP status that goes with it.</summary>
    public int Status { get; } = status;
}
