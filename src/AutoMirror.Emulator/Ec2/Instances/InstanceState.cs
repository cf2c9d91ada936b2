namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The states of the instance lifecycle, with the codes that DescribeInstances documents.</summary>
public enum InstanceState
{
    /// <summary>Preparing to run.</summary>
    Pending = 0,

    /// <summary>Running.</summary>
    Running = 16,

    /// <summary>On the way to terminated.</summary>
    ShuttingDown = 32,

    /// <summary>Gone for good, described a while longer.</summary>
    Terminated = 48,

    /// <summary>On the way to stopped.</summary>
    Stopping = 64,

    /// <summary>Stopped; it can be started again.</summary>
    Stopped = 80,
}

/// <summary>A change of state as Start, Stop and TerminateInstances answer it.</summary>
public sealed record InstanceStateChange(string InstanceId, InstanceState Previous, InstanceState Current);
