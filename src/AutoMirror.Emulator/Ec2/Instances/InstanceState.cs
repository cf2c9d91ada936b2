namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The states of an instance, with the codes that DescribeInstances documents.</summary>
public enum InstanceState
{
    Pending = 0,
    Running = 16,
    ShuttingDown = 32,

    /// <summary>Gone for good; EC2 describes it for about an hour more.</summary>
    Terminated = 48,

    Stopping = 64,

    /// <summary>Stopped; it can be started again.</summary>
    Stopped = 80,
}

/// <summary>A change of state as StartInstances, StopInstances and TerminateInstances answer it.</summary>
public sealed record InstanceStateChange(string InstanceId, InstanceState Previous, InstanceState Current);
