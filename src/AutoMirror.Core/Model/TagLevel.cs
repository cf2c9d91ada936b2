namespace AutoMirror.Core.Model;

/// <summary>Whose tag it is, from the most specific to the least.</summary>
internal enum TagLevel
{
    Interface,
    Instance,
    Subnet,
    Vpc,
}
