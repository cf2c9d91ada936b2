namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>Which conversation a packet belongs to, in the direction that it goes. Ports are 0 where the protocol has none.</summary>
internal readonly record struct Flow(UInt128 Source, UInt128 Destination, ushort SourcePort, ushort DestinationPort, byte Protocol)
{
    /// <summary>Whether it goes from the lesser endpoint to the greater one; the answers to it go the other way.</summary>
    public bool IsForward => Source < Destination || (Source == Destination && SourcePort <= DestinationPort);

    /// <summary>The same conversation, in the other direction.</summary>
    public Flow Reversed => new(Destination, Source, DestinationPort, SourcePort, Protocol);
}
