using System.Globalization;
using System.Text.Json;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "AWS API Call via CloudTrail", for the few calls of EC2 that no other event tells of.</summary>
internal static class ApiCallEvent
{
    public const string DetailType = "AWS API Call via CloudTrail";

    public static MirrorEvent Read(JsonElement envelope)
    {
        if (envelope.TextAt("detail", "eventName") is not { } name)
            return envelope.Malformed("the name of the API call", "detail", "eventName");
        if (envelope.At("detail", "errorCode") is { ValueKind: not JsonValueKind.Null })
            return new MirrorEvent.Ignored($"a call of {ConfigurationError.Quote(name)} that failed is no change");

        var call = name switch
        {
            "AttachNetworkInterface" => Attached(envelope),
            "DetachNetworkInterface" => new MirrorEvent.InterfaceDetached(),
            "CreateNetworkInterface" => Created(envelope),
            "ModifyTrafficMirrorSession" => Session(envelope, name, (id, caller) => new MirrorEvent.SessionModified(id, caller)),
            "DeleteTrafficMirrorSession" => Session(envelope, name, (id, caller) => new MirrorEvent.SessionDeleted(id, caller)),
            _ => new MirrorEvent.Ignored($"AutoMirror has no use for a call of {ConfigurationError.Quote(name)}: instances and tags have events of their own"),
        };

        // When the call was made; the envelope's time is when CloudTrail told of it.
        return DateTimeOffset.TryParse(envelope.TextAt("detail", "eventTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? call with { Time = time }
            : call;
    }

    private static MirrorEvent Attached(JsonElement envelope)
    {
        if (Id<NetworkInterface>.TryParse(envelope.TextAt("detail", "requestParameters", "networkInterfaceId")) is not { } networkInterface)
            return envelope.Malformed("a network interface's id, eni-…", "detail", "requestParameters", "networkInterfaceId");
        return Id<Instance>.TryParse(envelope.TextAt("detail", "requestParameters", "instanceId")) is { } instance
            ? new MirrorEvent.InterfaceAttached(networkInterface, instance)
            : envelope.Malformed("an instance id, i-…", "detail", "requestParameters", "instanceId");
    }

    private static MirrorEvent Created(JsonElement envelope) =>
        Id<NetworkInterface>.TryParse(envelope.TextAt("detail", "responseElements", "networkInterface", "networkInterfaceId")) is { } networkInterface
            ? new MirrorEvent.InterfaceCreated(networkInterface)
            : envelope.Malformed("a network interface's id, eni-…", "detail", "responseElements", "networkInterface", "networkInterfaceId");

    // Newer EC2 actions wrap their parameters in an object named for the request, in PascalCase; both forms have been seen.
    private static MirrorEvent Session(JsonElement envelope, string name, Func<Id<TrafficMirrorSession>, string?, MirrorEvent> make)
    {
        var id = envelope.TextAt("detail", "requestParameters", $"{name}Request", "TrafficMirrorSessionId")
            ?? envelope.TextAt("detail", "requestParameters", "trafficMirrorSessionId");
        return Id<TrafficMirrorSession>.TryParse(id) is { } session
            ? make(session, envelope.TextAt("detail", "userIdentity", "arn"))
            : envelope.Malformed("a mirror session's id, tms-…", "detail", "requestParameters", $"{name}Request", "TrafficMirrorSessionId");
    }
}
