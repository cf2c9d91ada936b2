namespace AutoMirror.Core.Model;

/// <summary>A VPC, as far as its tags count.</summary>
/// <param name="Id">The VPC's id.</param>
/// <param name="Tags">The VPC's tags.</param>
internal sealed record Vpc(Id<Vpc> Id, Tags Tags) : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "vpc-";
}
