namespace AutoMirror.Core.Model;

/// <summary>An instance type's name in its two parts, <c>m5</c> and <c>large</c> (EC2
/// User Guide, "Instance type naming conventions").</summary>
/// <param name="Family">What stands before the first dot.</param>
/// <param name="Size">What stands behind it; empty where there is none.</param>
internal readonly record struct InstanceTypeName(string Family, string Size)
{
    public bool IsBareMetal => Size.StartsWith("metal", StringComparison.OrdinalIgnoreCase);

    public static InstanceTypeName Of(string type) => type.Split('.', 2) is [var family, var size] ? new(family, size) : new(type, "");
}
