using System.Text.Json;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "Parameter Store Change" (Systems Manager User Guide,
/// "Monitoring Systems Manager events"). It holds no value.</summary>
internal static class ParameterChangeEvent
{
    public const string DetailType = "Parameter Store Change";

    public static EventReading Read(JsonElement envelope) =>
        envelope.TextAt("detail", "name") is { Length: > 0 } name
            ? new MirrorEvent.ParameterChange(name)
            : envelope.Malformed("the parameter's name", "detail", "name");
}
