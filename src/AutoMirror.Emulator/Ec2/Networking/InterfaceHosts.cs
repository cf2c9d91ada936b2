using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>
/// What is behind interfaces: instances of the account, instances of participants in shared subnets, and what AWS services run.
/// </summary>
internal sealed class InterfaceHosts(Ec2Engine ec2)
{
    public const int JumboMtu = 9001;

    /// <summary>IPv4's least (RFC 791).</summary>
    public const int LeastMtu = 68;

    private const int PlainMtu = 1500;

    private static readonly string[] PlainFamilies = ["c1", "m1", "m2", "t1"];

    /// <summary>Whether something that runs is behind an interface. What belongs to others is taken to run.</summary>
    public bool IsRunning(NetworkInterface networkInterface) => networkInterface.Attachment switch
    {
        null => false,
        { InstanceId: { } id } when ec2.Instances.Table.Find(id) is { } instance =>
            instance.State is InstanceState.Pending or InstanceState.Running or InstanceState.Stopping or InstanceState.ShuttingDown,
        { InstanceId: { } id } when ec2.SharedVpcs.TypeOf(id) is null => false,
        _ => true,
    };

    /// <summary>The type of the instance that has an interface; null where no instance has it.</summary>
    public InstanceType? TypeOf(NetworkInterface networkInterface) => networkInterface.Attachment?.InstanceId is { } id
        ? ec2.Instances.Table.Find(id)?.Type ?? ec2.SharedVpcs.TypeOf(id)
        : null;

    /// <summary>
    /// "All current generation instance types support jumbo frames", and of the previous generation A1, C3, I2, M3 and R3 ("Jumbo frames
    /// (9001 MTU)", from when C4, M4 and their kin were current). Amazon's images use what the type supports.
    /// </summary>
    public int MtuOf(NetworkInterface networkInterface) => networkInterface.Mtu
        ?? (TypeOf(networkInterface) is { } type && PlainFamilies.Contains(type.Family) ? PlainMtu : JumboMtu);
}
