namespace AutoMirror.Core.Model;

/// <summary>A subnet, as far as its tags count.</summary>
internal sealed record Subnet(Id<Subnet> Id, Tags Tags) : IEc2Resource
{
    public static string IdPrefix => "subnet-";
}
