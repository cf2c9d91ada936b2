namespace AutoMirror.Core.Model;

/// <summary>A subnet, as far as its tags count.</summary>
/// <param name="Id">The subnet's id.</param>
/// <param name="Tags">The subnet's tags.</param>
internal sealed record Subnet(Id<Subnet> Id, Tags Tags) : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "subnet-";
}
