using System.Collections.Frozen;
using AutoMirror.Emulator.Ec2.Instances;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>
/// Which instance types can be mirrored. The Traffic Mirroring guide has said this in two ways. Its older editions list the families
/// that cannot (page "Traffic Mirroring limitations"). The newest lists the families that can (page "What is Traffic Mirroring",
/// "Supported instance types"), among them M6i and some bare metal. The document history dates the change to 28 August 2025:
/// "additional instance types available as Traffic Mirroring source". Both are here; only the service can say which holds in a Region.
/// </summary>
public static class MirrorSources
{
    /// <summary>"Traffic Mirroring is not available on the following virtualized Nitro instance types."</summary>
    private static readonly FrozenSet<string> NitroWithout = InstanceTypeList.Read(
        """
        m8g m6a m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex
        c8g c6a c6gd c6gn c6i c6id c6in c7a c7g c7gd c7gn c7i
        r8g r6a r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz x8g x2idn x2iedn x2iezn
        i4g i4i im4gn is4gen inf2 p5 trn1 trn1n hpc6a hpc6id hpc7a hpc7g
        """);

    /// <summary>"Available only on the following non-Nitro instance types. Note that this does not include T2 instances."</summary>
    private static readonly FrozenSet<string> XenWith = InstanceTypeList.Read("c4 d2 g3 g3s h1 i3 m4 p2 p3 r4 x1 x1e");

    /// <summary>"Virtualized instance types in the following instance families are supported as Traffic Mirroring source."</summary>
    private static readonly FrozenSet<string> VirtualizedWith = InstanceTypeList.Read(
        """
        a1 m4 m5 m5a m5ad m5d m5dn m5n m5zn m6a m6g m6gd m6i m6id m6idn m6in m7a m7g m7gd m7i m7i-flex mac1 mac2 mac2-m1ultra mac2-m2
        mac2-m2pro t3 t3a t4g
        c4 c5 c5a c5ad c5d c5n c6a c6g c6gd c6gn c6i c6id c6in c7a c7g c7gd c7i c7i-flex
        r4 r5 r5a r5ad r5b r5d r5dn r5n r6a r6g r6gd r6i r6id r6idn r6in r7a r7g r7gd r7i r7iz u-3tb1 u-6tb1 u-9tb1 u-12tb1 u-18tb1
        u-24tb1 u7i-6tb u7i-8tb u7i-12tb u7in-16tb u7in-24tb u7in-32tb u7inh-32tb x1 x1e x2gd x2idn x2iedn x2iezn z1d
        d2 d3 d3en h1 i3 i3en i4g i4i i7i im4gn is4gen
        dl1 dl2q f1 f2 g3 g4ad g4dn g5 g5g g6 g6e g6f gr6 gr6f inf1 inf2 p3 p3dn p4d p4de p5 p5e trn1 trn1n vt1 hpc6a hpc6id hpc7a
        """);

    /// <summary>"Only Nitro v2 bare-metal instances are supported as Traffic Mirroring source."</summary>
    private static readonly FrozenSet<string> MetalWith = InstanceTypeList.Read(
        "m5 m5d m6g m6gd mac1 mac2 mac2-m1ultra mac2-m2 mac2-m2pro a1 c5 c5d c6g c6gd r5 r5b r5d r6g r6gd x2gd z1d i3 g5g");

    /// <summary>
    /// By the older editions: no bare metal; all Nitro types but for the families listed; of the other types, only the families listed.
    /// </summary>
    public static bool ByExclusion(InstanceType type) => type switch
    {
        { BareMetal: true } => false,
        { Hypervisor: "nitro" } => !NitroWithout.Contains(type.Family),
        _ => XenWith.Contains(type.Family),
    };

    /// <summary>By the newest edition, which lists bare metal and virtualized families apart.</summary>
    public static bool ByInclusion(InstanceType type) => (type.BareMetal ? MetalWith : VirtualizedWith).Contains(type.Family);

    /// <summary>
    /// Whether any edition says something of the type's family. What none names, such as M8i and P6, only the service can decide: the
    /// older editions would accept it, the newest would not. Of types that do not run on Nitro, the older editions decide all.
    /// </summary>
    public static bool IsNamed(InstanceType type) => type.Hypervisor == "xen" || NitroWithout.Contains(type.Family)
        || VirtualizedWith.Contains(type.Family) || MetalWith.Contains(type.Family);

    /// <summary>
    /// A service whose answers a test says family by family, as EC2 decides; of other families <paramref name="others"/> decides.
    /// </summary>
    public static Func<InstanceType, bool> ByFamily(IReadOnlyDictionary<string, bool> answers, Func<InstanceType, bool> others) =>
        type => answers.TryGetValue(type.Family, out var can) ? can : others(type);
}
