namespace AutoMirror.Core.Model;

/// <summary>A VPC, as far as its tags count.</summary>
internal sealed record Vpc(Id<Vpc> Id, Tags Tags) : IEc2Resource
{
    public static string IdPrefix => "vpc-";
}
