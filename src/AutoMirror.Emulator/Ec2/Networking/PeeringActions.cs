namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>VPC peering over the wire.</summary>
internal static class PeeringActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateVpcPeeringConnection", Create);
        actions.Add("AcceptVpcPeeringConnection", Accept);
        actions.Add("DeleteVpcPeeringConnection", call =>
        {
            call.DoTo("VpcPeeringConnectionId", call.Ec2.PeeringConnections.Delete);
            call.Return();
        });
        actions.Add("DescribeVpcPeeringConnections", call => call.Describe(
            "VpcPeeringConnectionId", "vpcPeeringConnectionSet", call.Ec2.PeeringConnections.Describe, each => Write(call, each)));
    }

    private static void Create(Ec2Call call)
    {
        var (vpc, peer) = (call.Input.Required("VpcId"), call.Input.Required("PeerVpcId"));

        // Whose VPC and in which Region goes without saying in one account: any other is none that exists here.
        var owner = call.Input.Text("PeerOwnerId") ?? call.Cloud.Options.AccountId;
        var region = call.Input.Text("PeerRegion") ?? call.Cloud.Options.Region;
        var tags = call.TagsFor("vpc-peering-connection");
        var connection = call.Do(() => owner == call.Cloud.Options.AccountId && region == call.Cloud.Options.Region
            ? call.Ec2.PeeringConnections.Create(vpc, peer, tags)
            : throw Ec2Errors.VpcNotFound(peer));
        call.Body.Structure("vpcPeeringConnection", () => Write(call, connection));
    }

    private static void Accept(Ec2Call call)
    {
        var id = call.Input.Required("VpcPeeringConnectionId");
        var connection = call.Do(() => call.Ec2.PeeringConnections.Accept(id));
        call.Body.Structure("vpcPeeringConnection", () => Write(call, connection));
    }

    private static void Write(Ec2Call call, PeeringConnection connection)
    {
        WriteVpc(call, "accepterVpcInfo", connection.AccepterVpcId, connection.AccepterCidrBlock);
        call.Body.Time("expirationTime", connection.ExpirationTime);
        WriteVpc(call, "requesterVpcInfo", connection.RequesterVpcId, connection.RequesterCidrBlock);
        call.Body
            .Structure("status", () => call.Body.Text("code", connection.StatusCode).Text("message", connection.StatusMessage))
            .Text("vpcPeeringConnectionId", connection.Id)
            .Tags(connection);
    }

    private static void WriteVpc(Ec2Call call, string name, string vpcId, string cidrBlock) => call.Body.Structure(name, () => call.Body
        .Text("cidrBlock", cidrBlock)
        .Set("cidrBlockSet", [cidrBlock], block => call.Body.Text("cidrBlock", block))
        .Text("ownerId", call.Cloud.Options.AccountId)
        .Structure("peeringOptions", () => call.Body
            .Flag("allowDnsResolutionFromRemoteVpc", false)
            .Flag("allowEgressFromLocalClassicLinkToRemoteVpc", false)
            .Flag("allowEgressFromLocalVpcToRemoteClassicLink", false))
        .Text("vpcId", vpcId)
        .Text("region", call.Cloud.Options.Region));
}
