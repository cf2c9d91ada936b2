namespace AutoMirror.Core.Model;

/// <summary>Whose tag it is, from the most specific to the least.</summary>
internal enum TagLevel
{
    /// <summary>The network interface's own.</summary>
    Interface,

    /// <summary>Its instance's.</summary>
    Instance,

    /// <summary>Its subnet's.</summary>
    Subnet,

    /// <summary>Its VPC's.</summary>
    Vpc,
}
