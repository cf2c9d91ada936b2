using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>What one invocation hands on to the next through the queue. It needs no cursor: the next one looks at EC2 anew.</summary>
internal static class ContinuationEvent
{
    internal const string Source = "automirror";
    internal const string DetailType = "Continuation";

    // An SQS message holds 256 KiB (SQS Developer Guide, "Message quotas"). More ids than this become a full sync.
    private const int MostIds = 5000;

    /// <summary>The message for what is left of a scope.</summary>
    /// <param name="idleTurns">How many invocations in a row have finished nothing.</param>
    public static string Write(Scope where, int idleTurns)
    {
        var part = where as Scope.Part;
        var isListed = part is not null && part.Instances.Count + part.NetworkInterfaces.Count <= MostIds
            && part.Subnets.Count + part.Vpcs.Count + part.Sessions.Count + part.Targets.Count == 0;
        return JsonSerializer.Serialize(
            new Message(Source, DetailType, new Detail(
                isListed ? [.. part!.Instances.Select(id => id.Value)] : null,
                isListed ? [.. part!.NetworkInterfaces.Select(id => id.Value)] : null,
                isListed ? null : true,
                idleTurns)),
            ContinuationJson.Default.Message);
    }

    internal static EventReading Read(JsonElement envelope)
    {
        if (envelope.At("detail", "idleTurns") is not { ValueKind: JsonValueKind.Number } turns || !turns.TryGetInt32(out var idleTurns)
            || idleTurns < 0)
        {
            return envelope.Malformed("a whole number from 0", "detail", "idleTurns");
        }

        if (envelope.At("detail", "everything") is { ValueKind: JsonValueKind.True })
            return new MirrorEvent.Continuation(new Scope.Everything(), idleTurns);
        if (envelope.IdsAt<Instance>("detail", "instanceIds") is not { } instances)
            return envelope.Malformed("a list of instance ids, i-…", "detail", "instanceIds");
        if (envelope.IdsAt<NetworkInterface>("detail", "networkInterfaceIds") is not { } interfaces)
            return envelope.Malformed("a list of network interfaces' ids, eni-…", "detail", "networkInterfaceIds");
        return instances.Count + interfaces.Count == 0
            ? new MirrorEvent.Ignored("a continuation of nothing")
            : new MirrorEvent.Continuation(new Scope.Part { Instances = [.. instances], NetworkInterfaces = [.. interfaces] }, idleTurns);
    }

    internal sealed record Message(string Source, [property: JsonPropertyName("detail-type")] string DetailType, Detail Detail);

    internal sealed record Detail(
        IReadOnlyList<string>? InstanceIds, IReadOnlyList<string>? NetworkInterfaceIds, bool? Everything, int IdleTurns);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContinuationEvent.Message))]
internal sealed partial class ContinuationJson : JsonSerializerContext;
