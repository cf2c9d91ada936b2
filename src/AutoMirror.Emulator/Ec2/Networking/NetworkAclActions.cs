namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Changes of network ACLs over the wire.</summary>
internal static class NetworkAclActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateNetworkAcl", Create);
        actions.Add("DeleteNetworkAcl", call =>
        {
            call.DoTo("NetworkAclId", call.Ec2.NetworkAcls.Delete);
            call.Return();
        });
        actions.Add("CreateNetworkAclEntry", call => ChangeEntry(call, call.Ec2.NetworkAcls.AddEntry));
        actions.Add("ReplaceNetworkAclEntry", call => ChangeEntry(call, call.Ec2.NetworkAcls.ReplaceEntry));
        actions.Add("DeleteNetworkAclEntry", DeleteEntry);
        actions.Add("ReplaceNetworkAclAssociation", ReplaceAssociation);
    }

    private static void Create(Ec2Call call)
    {
        var vpc = call.Input.Required("VpcId");
        var tags = call.TagsFor("network-acl");
        var acl = call.Do(() => call.Ec2.NetworkAcls.Create(vpc, tags));
        call.Body.Structure("networkAcl", () => NetworkXml.Write(call, acl)).Text("clientToken", call.ClientToken);
    }

    private static void ChangeEntry(Ec2Call call, Action<string, NetworkAclEntry> change)
    {
        var id = call.Input.Required("NetworkAclId");
        var entry = Read(call);
        call.Do(() => change(id, entry));
        call.Return();
    }

    private static void DeleteEntry(Ec2Call call)
    {
        var (id, number) = (call.Input.Required("NetworkAclId"), call.Input.RequiredInteger("RuleNumber"));
        var isEgress = call.Input.Flag("Egress") ?? throw Ec2Errors.MissingParameter("egress");
        call.Do(() => call.Ec2.NetworkAcls.DeleteEntry(id, number, isEgress));
        call.Return();
    }

    private static void ReplaceAssociation(Ec2Call call)
    {
        var (association, id) = (call.Input.Required("AssociationId"), call.Input.Required("NetworkAclId"));
        call.Body.Text("newAssociationId", call.Do(() => call.Ec2.NetworkAcls.ReplaceAssociation(association, id)));
    }

    private static NetworkAclEntry Read(Ec2Call call)
    {
        var input = call.Input;
        var (number, protocol, action) = (input.RequiredInteger("RuleNumber"), input.Required("Protocol"), input.Required("RuleAction"));
        Ranges.CheckOneOf("ruleAction", action, "allow", "deny");
        var isEgress = input.Flag("Egress") ?? throw Ec2Errors.MissingParameter("egress");
        var (version4, version6) = (input.Text("CidrBlock"), input.Text("Ipv6CidrBlock"));
        if (version4 is not null && version6 is not null)
            throw Ec2Errors.InvalidParameterCombination("The request must not contain both an IPv4 and an IPv6 CIDR block.");
        var block = version4 ?? version6 ?? throw Ec2Errors.MissingParameter("cidrBlock");
        return new(number, protocol, action == "allow", isEgress, block)
        {
            Ports = input.Structure("PortRange") is { } range ? (range.RequiredInteger("From"), range.RequiredInteger("To")) : null,
            Icmp = input.Structure("Icmp") is { } icmp ? (icmp.Integer("Type") ?? -1, icmp.Integer("Code") ?? -1) : null,
        };
    }
}
