using System.Globalization;
using System.Net;
using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Aws;
using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Tracing;

/// <summary>The answer to <c>explain INTERFACE --packet</c>: which session of an interface takes a packet, and by which rule.</summary>
internal static class PacketAnswer
{
    /// <summary>Checks what was typed, before AWS is asked.</summary>
    /// <exception cref="UsageException">It is no packet, or the id is none of an interface.</exception>
    public static PacketText Parse(string id, string text) => id.StartsWith("eni-", StringComparison.Ordinal)
        ? Parse(text)
        : throw new UsageException($"with --packet, explain takes a network interface, eni-…, and not '{id}'.");

    /// <summary>Follows a packet through the sessions of an interface.</summary>
    public static async Task<PacketTrace> TraceAsync(
        IAccountReads account, string id, PacketText packet, CancellationToken cancellationToken)
    {
        var networkInterface = (await account.NetworkInterfacesAsync([id], cancellationToken)).SingleOrDefault()
            ?? throw new CommandException($"there is no network interface {id}, or it can't be seen from here.");
        CheckEnd(networkInterface, packet);
        var sessions = await SessionsOfAsync(account, id, cancellationToken);
        return PacketTrace.Of(sessions, packet, await ResolverOfAsync(account, networkInterface, cancellationToken));
    }

    private static PacketText Parse(string text)
    {
        try
        {
            return PacketText.Parse(text);
        }
        catch (FormatException problem)
        {
            throw new UsageException($"--packet: {problem.Message}.");
        }
    }

    /// <summary>A packet that is not the interface's own would be explained and never come.</summary>
    private static void CheckEnd(NetworkInterface networkInterface, PacketText packet)
    {
        var own = packet.Direction == Core.Model.TrafficDirection.Ingress ? packet.Destination : packet.Source;
        string?[] addresses =
        [
            networkInterface.PrivateIpAddress, .. (networkInterface.PrivateIpAddresses ?? []).Select(each => each.PrivateIpAddress),
            .. (networkInterface.Ipv6Addresses ?? []).Select(each => each.Ipv6Address),
        ];
        if (addresses.OfType<string>().Select(IPAddress.Parse).Contains(own) || networkInterface.SourceDestCheck == false)
            return;
        var direction = packet.Direction == Core.Model.TrafficDirection.Ingress ? "in" : "out";
        throw new UsageException(
            $"--packet: a packet {direction} of {networkInterface.NetworkInterfaceId} has one of its addresses there "
                + $"({string.Join(", ", addresses.OfType<string>().Distinct())}), and not {own}.");
    }

    private static async Task<IReadOnlyList<TracedSession>> SessionsOfAsync(
        IAccountReads account, string id, CancellationToken cancellationToken)
    {
        var sessions = (await account.SessionsAsync(cancellationToken)).Where(session => session.NetworkInterfaceId == id).ToList();
        if (sessions.Count == 0)
            return [];
        var ids = sessions.Select(session => session.TrafficMirrorFilterId).Distinct().ToList();
        var filters = (await account.FiltersAsync(ids, cancellationToken)).Select(Mapping.ToFilter).ToDictionary(filter => filter.Id.Value);
        if (ids.Find(filter => filters.GetValueOrDefault(filter) is not { IsUnderstood: true }) is { } unknown)
            throw new CommandException($"the filter {unknown} can't be read here, so nobody can say what it accepts.");
        return
        [
            .. sessions.Select(session => new TracedSession(
                session.TrafficMirrorSessionId, session.SessionNumber ?? 0, session.TrafficMirrorTargetId,
                filters[session.TrafficMirrorFilterId])),
        ];
    }

    private static async Task<IPAddress?> ResolverOfAsync(
        IAccountReads account, NetworkInterface networkInterface, CancellationToken cancellationToken) =>
        (await account.VpcsAsync([networkInterface.VpcId], cancellationToken)).SingleOrDefault()?.CidrBlock is { } block
            ? AmazonTraffic.ResolverOf(IPNetwork.Parse(block))
            : null;

    /// <summary>Prints it for a person.</summary>
    public static void Print(string id, PacketTrace trace)
    {
        Console.WriteLine(trace switch
        {
            { NeverMirrored: { } kind } => $"No session gets it: Traffic Mirroring can't mirror {kind}.",
            { Asked: [] } => $"No session gets it: {id} has none.",
            { Taker: { } taker } => $"{taker.Id} gets it, for {taker.TargetId}.",
            _ => "No session gets it.",
        });
        foreach (var (session, decision) in trace.Asked)
        {
            var number = session.Number.ToString(CultureInfo.InvariantCulture);
            Console.WriteLine($"  number {number}, {session.Id} with {session.Filter.Id}: {decision.Words}");
        }
    }

    /// <summary>Prints it as one JSON document.</summary>
    public static void PrintJson(string id, PacketTrace trace)
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("networkInterfaceId", id);
            json.WriteString("sessionId", trace.Taker?.Id);
            json.WriteString("targetId", trace.Taker?.TargetId);
            json.WriteString("neverMirrored", trace.NeverMirrored);
            json.WriteStartArray("asked");
            foreach (var (session, decision) in trace.Asked)
            {
                json.WriteStartObject();
                json.WriteString("sessionId", session.Id);
                json.WriteNumber("sessionNumber", session.Number);
                json.WriteString("filterId", session.Filter.Id.Value);
                json.WriteBoolean("accepts", decision.Accepts);
                json.WriteString("because", decision.Words);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
