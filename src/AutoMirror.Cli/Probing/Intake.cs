using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing;

/// <summary>Where every packet goes, from a socket or a capture: it is read, counted, and kept if that was asked for.</summary>
internal sealed class Intake(Tally tally, InnerPacketFile? file = null)
{
    /// <summary>What was counted so far.</summary>
    public Tally Tally => tally;

    /// <summary>Takes a packet of a capture.</summary>
    public void Take(in CapturedPacket packet)
    {
        var reading = OuterPacket.Read(packet, out var datagram);
        if (reading == Reading.MirrorCopy)
            TakeVxlan(datagram, packet.Nanoseconds);
        else
            tally.Add(reading);
    }

    /// <summary>Takes what a socket received.</summary>
    /// <param name="datagram">The datagram.</param>
    /// <param name="isGeneve">It was received at GENEVE's port.</param>
    /// <param name="nanoseconds">When, since 1970.</param>
    public void Take(in Datagram datagram, bool isGeneve, long nanoseconds)
    {
        if (!isGeneve)
        {
            TakeVxlan(datagram, nanoseconds);
            return;
        }

        var reading = OuterPacket.ReadGeneve(datagram.Payload, datagram.Length, out var inner);
        if (reading == Reading.MirrorCopy)
            TakeVxlan(inner, nanoseconds);
        else
            tally.Add(reading);
    }

    private void TakeVxlan(in Datagram datagram, long nanoseconds)
    {
        var reading = MirrorCopy.Read(datagram.Payload, datagram.Length, out var copy);
        if (reading != Reading.MirrorCopy)
        {
            tally.Add(reading);
            return;
        }

        var source = tally.Add(datagram.Source, copy, nanoseconds);
        file?.Add(source, copy, nanoseconds);
    }
}
