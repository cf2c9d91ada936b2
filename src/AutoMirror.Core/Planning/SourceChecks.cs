using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>Whether an interface can be a mirror source, as far as is known before EC2 is asked.</summary>
internal sealed class SourceChecks(Situation situation)
{
    private readonly HashSet<string> _askedAgain = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why EC2 would refuse an interface; null when it would not, or when nobody knows.</summary>
    public (Verdict Verdict, Reason Why)? WhyNot(Source source) => (source.Interface, source.Instance) switch
    {
        ({ InterfaceType: not NetworkInterface.SourceType and var type }, _) => (new Verdict.NotASource(), new Reason.OfType(type)),
        ({ HasIpv4Address: false }, _) => (new Verdict.NotASource(), new Reason.Ipv6Only()),
        (_, { InstanceType: var type }) when SourceSupport.BuiltIn.WhyNot(type) is { } why =>
            (new Verdict.Unsupported(), new Reason.UnsupportedType(type, why)),
        (_, { InstanceType: var type }) when WasRefused(type) => (new Verdict.Unsupported(), new Reason.RefusedFamily(type)),
        _ => null,
    };

    // EC2 decides by family. What it refused once is not asked again for every interface, but for one of each family at each full sync.
    private bool WasRefused(string instanceType)
    {
        var family = InstanceTypeName.Of(instanceType).Family;
        return situation.RefusedFamilies.Contains(family) && !(situation.IsFullSync && _askedAgain.Add(family));
    }
}
