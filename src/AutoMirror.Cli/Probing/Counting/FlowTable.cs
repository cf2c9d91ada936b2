using System.Diagnostics;
using System.Security.Cryptography;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing.Counting;

/// <summary>
/// Which conversations were seen in which direction: a fixed table of their hashes. It never grows, so that nobody can fill the
/// machine's memory from the network; when it is full, further conversations are counted, not followed.
/// </summary>
/// <remarks>
/// Two conversations with the same 64 bits would be taken for one: with a full table less likely than one in a hundred million. The
/// hash has a secret, so that a sender can't aim at one place of the table.
/// </remarks>
internal sealed class FlowTable
{
    /// <summary>How many conversations are followed at most: three quarters of the table's places.</summary>
    public const int Most = Places / 4 * 3;

    private const int Places = 1 << 18;
    private const byte Forward = 1;
    private const byte Backward = 2;
    private const int KindShift = 2;

    private readonly ulong[] _hashes = new ulong[Places];
    private readonly byte[] _states = new byte[Places];
    private readonly ulong _firstSecret;
    private readonly ulong _secondSecret;
    private int _count;

    public FlowTable()
    {
        Span<byte> secret = stackalloc byte[2 * sizeof(ulong)];
        RandomNumberGenerator.Fill(secret);
        _firstSecret = BitConverter.ToUInt64(secret) | 1;
        _secondSecret = BitConverter.ToUInt64(secret[sizeof(ulong)..]) | 1;
    }

    /// <summary>Packets whose conversation could not be followed, since the table was full.</summary>
    public long NotFollowed { get; private set; }

    /// <summary>Notes that a conversation was seen in this direction, and keeps the source's counts of conversations right.</summary>
    public void Add(SourceCount source, in Flow flow)
    {
        var isForward = flow.IsForward;
        var ordered = isForward ? flow : flow.Reversed;
        var direction = isForward ? Forward : Backward;

        // One end talking to itself is both directions at once.
        if (flow.Source == flow.Destination && flow.SourcePort == flow.DestinationPort)
            direction = Forward | Backward;
        var hash = Hash(source.Index, ordered);
        var place = (int)(hash & (Places - 1));
        while (_states[place] != 0 && _hashes[place] != hash)
            place = (place + 1) & (Places - 1);
        if (_states[place] == 0)
            Begin(source, flow, place, hash, direction);
        else
            Go(source, place, direction);
    }

    private void Begin(SourceCount source, in Flow flow, int place, ulong hash, byte direction)
    {
        if (_count == Most)
        {
            NotFollowed++;
            return;
        }

        _count++;
        var kind = flow.Source == source.Key.Address ? OneWay.Outbound
            : flow.Destination == source.Key.Address ? OneWay.Inbound
            : OneWay.Unknown;
        _hashes[place] = hash;
        _states[place] = (byte)(direction | ((int)kind << KindShift));
        source.Flows++;
        if (direction != (Forward | Backward))
            Count(source, kind, 1);
    }

    private void Go(SourceCount source, int place, byte direction)
    {
        var before = _states[place];
        var after = (byte)(before | direction);
        if (after == before)
            return;
        _states[place] = after;
        Count(source, (OneWay)(before >> KindShift), -1);
    }

    private static void Count(SourceCount source, OneWay kind, int step)
    {
        switch (kind)
        {
            case OneWay.Outbound:
                source.OutboundOnly += step;
                break;
            case OneWay.Inbound:
                source.InboundOnly += step;
                break;
            case OneWay.Unknown:
                source.OneWayUnknown += step;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private ulong Hash(int source, in Flow flow)
    {
        var ports = ((ulong)flow.SourcePort << 40) | ((ulong)flow.DestinationPort << 24) | ((ulong)flow.Protocol << 16);
        var hash = Mix(_firstSecret ^ (ulong)source, _secondSecret ^ ports);
        hash = Mix(hash ^ (ulong)flow.Source, _firstSecret ^ (ulong)(flow.Source >> 64));
        return Mix(hash ^ (ulong)flow.Destination, _secondSecret ^ (ulong)(flow.Destination >> 64));
    }

    private static ulong Mix(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }

    private enum OneWay
    {
        Outbound,
        Inbound,
        Unknown,
    }
}
