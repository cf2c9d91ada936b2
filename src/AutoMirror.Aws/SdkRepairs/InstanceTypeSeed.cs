using System.Runtime.CompilerServices;
using Amazon.EC2;
using Amazon.Runtime;

namespace AutoMirror.Aws.SdkRepairs;

/// <summary>Keeps the SDK from reflecting over the 1,400 fields of
/// <see cref="InstanceType"/> at the first answer that carries an instance type.</summary>
/// <remarks>
/// <see cref="ConstantClass"/> looks a type up in a private table, and loads it by reflection when it is missing. An empty entry is
/// enough: a value that is missing in it becomes a new object of the same value. Should the field be renamed, nothing breaks, it is
/// only slow again; a test fails then.
/// </remarks>
internal static class InstanceTypeSeed
{
    /// <summary>Puts the empty entry there, and says whether that worked. Safe to call again.</summary>
    public static bool Plant()
    {
        try
        {
            ref var table = ref Table(null);
            table = new Dictionary<Type, Dictionary<string, ConstantClass>>(table)
            {
                [typeof(InstanceType)] = new(StringComparer.OrdinalIgnoreCase),
            };
            return true;
        }
        catch (MissingFieldException)
        {
            return false;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "staticFields")]
    private static extern ref Dictionary<Type, Dictionary<string, ConstantClass>> Table(ConstantClass? type);
}
