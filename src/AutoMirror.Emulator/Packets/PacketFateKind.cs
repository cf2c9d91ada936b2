namespace AutoMirror.Emulator.Packets;

/// <summary>What became of a packet at an interface, as far as mirroring goes.</summary>
public enum PacketFateKind
{
    /// <summary>A copy reached the target of a session.</summary>
    Mirrored,

    /// <summary>A session took it, and the copy got lost on its way to the sensor, or had no target to go to.</summary>
    CopyLost,

    /// <summary>A session took it, and the instance had no bandwidth left for the copy: production traffic goes first.</summary>
    Skipped,

    /// <summary>The interface has sessions, and none of their filters accepts it.</summary>
    NotAccepted,

    /// <summary>The interface has no session.</summary>
    NoSession,

    /// <summary>It is of a kind that Traffic Mirroring can't mirror.</summary>
    NeverMirrored,

    /// <summary>The interface has sessions, and its instance is of a type that is not mirrored any more.</summary>
    NotASource,

    /// <summary>A security group or a network ACL did not let it in.</summary>
    NotLetIn,

    /// <summary>It got lost between the interface that sent it and this one.</summary>
    NotArrived,

    /// <summary>The interface is on nothing that runs, so there is no packet.</summary>
    NoTraffic,

    /// <summary>It is longer than the interface's MTU, so there is no packet.</summary>
    TooLong,
}
