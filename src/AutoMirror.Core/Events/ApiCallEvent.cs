using System.Globalization;
using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "AWS API Call via CloudTrail", for the few EC2 calls that have no event of their own.</summary>
internal static class ApiCallEvent
{
    public const string DetailType = "AWS API Call via CloudTrail";

    public static EventReading Read(JsonElement envelope)
    {
        if (envelope.TextAt("detail", "eventName") is not { } name)
            return envelope.Malformed("the name of the API call", "detail", "eventName");
        if (envelope.At("detail", "errorCode") is { ValueKind: not JsonValueKind.Null })
            return new MirrorEvent.Ignored($"the call of {Words.Quote(name)} failed, so it changed nothing");

        EventReading call = name switch
        {
            "AttachNetworkInterface" => Attached(envelope),
            "DetachNetworkInterface" => new MirrorEvent.InterfaceDetached(),
            "CreateNetworkInterface" => Created(envelope),
            "ModifyTrafficMirrorSession" => Session(envelope, name, (id, caller) => new MirrorEvent.SessionModified(id, caller)),
            "DeleteTrafficMirrorSession" => Session(envelope, name, (id, caller) => new MirrorEvent.SessionDeleted(id, caller)),
            _ =>
                new MirrorEvent.Ignored(
                    $"AutoMirror does not use calls of {Words.Quote(name)}: instances and tags have events of their own"),
        };

        // When the call was made; the envelope's time is when CloudTrail reported it.
        var eventTime = envelope.TextAt("detail", "eventTime");
        return DateTimeOffset.TryParse(eventTime, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? call.With(each => each with { Time = time })
            : call;
    }

    private static EventReading Attached(JsonElement envelope)
    {
        if (Id<NetworkInterface>.TryParse(envelope.TextAt("detail", "requestParameters", "networkInterfaceId")) is not { } networkInterface)
            return envelope.Malformed("a network interface's id, eni-…", "detail", "requestParameters", "networkInterfaceId");
        return Id<Instance>.TryParse(envelope.TextAt("detail", "requestParameters", "instanceId")) is { } instance
            ? new MirrorEvent.InterfaceAttached(networkInterface, instance)
            : envelope.Malformed("an instance id, i-…", "detail", "requestParameters", "instanceId");
    }

    private static EventReading Created(JsonElement envelope)
    {
        string[] path = ["detail", "responseElements", "networkInterface", "networkInterfaceId"];
        return Id<NetworkInterface>.TryParse(envelope.TextAt(path)) is { } networkInterface
            ? new MirrorEvent.InterfaceCreated(networkInterface)
            : envelope.Malformed("a network interface's id, eni-…", path);
    }

    // Newer EC2 actions wrap their parameters in an object named after the request, in PascalCase. Both forms have been seen.
    private static EventReading Session(JsonElement envelope, string name, Func<Id<TrafficMirrorSession>, string?, MirrorEvent> make)
    {
        string[] path = ["detail", "requestParameters", $"{name}Request", "TrafficMirrorSessionId"];
        var id = envelope.TextAt(path)
            ?? envelope.TextAt("detail", "requestParameters", "trafficMirrorSessionId");
        return Id<TrafficMirrorSession>.TryParse(id) is { } session
            ? make(session, envelope.TextAt("detail", "userIdentity", "arn"))
            : envelope.Malformed("a mirror session's id, tms-…", path);
    }
}
