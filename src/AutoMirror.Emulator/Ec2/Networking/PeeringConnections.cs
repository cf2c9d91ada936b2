using System.Net;
using AutoMirror.Emulator.Ec2.Tagging;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>VPC peering within the account and Region ("VPC peering connection lifecycle").</summary>
public sealed class PeeringConnections : ResourceKind<PeeringConnection>
{
    private const string Pending = "pending-acceptance";
    private const string Active = "active";
    private const string Deleted = "deleted";

    /// <summary>"You have 7 days to accept the request."</summary>
    private static readonly TimeSpan ExpiresAfter = TimeSpan.FromDays(7);

    /// <summary>"An active connection that was deleted remains visible to the party that deleted it for 2 hours."</summary>
    private static readonly TimeSpan ShownAfterDeletion = TimeSpan.FromHours(2);

    internal PeeringConnections(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2, new(new(cloud, "vpc-peering-connection", "pcx"), FiltersOf(cloud), Ec2Errors.PeeringConnectionNotFound))
    {
    }

    /// <summary>Asks for a connection. Between VPCs whose ranges overlap it fails.</summary>
    public PeeringConnection Create(string vpcId, string peerVpcId, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            var (requester, accepter) = (Ec2.Networks.GetVpc(vpcId), Ec2.Networks.GetVpc(peerVpcId));
            Ec2.CheckOwner(requester.OwnerId);
            var (first, second) = (IPNetwork.Parse(requester.CidrBlock), IPNetwork.Parse(accepter.CidrBlock));
            var overlaps = first.Contains(second.BaseAddress) || second.Contains(first.BaseAddress);
            return Table.Put(new PeeringConnection
            {
                Id = Cloud.Seeded.SideId("pcx"), RequesterVpcId = vpcId, AccepterVpcId = peerVpcId, Tags = TagRules.Checked(tags),
                RequesterCidrBlock = requester.CidrBlock, AccepterCidrBlock = accepter.CidrBlock,
                StatusCode = overlaps ? "failed" : Pending,
                StatusMessage = overlaps
                    ? "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"
                    : $"Pending Acceptance by {Cloud.Options.AccountId}",
                ExpirationTime = Cloud.Now + ExpiresAfter,
            });
        }
    }

    /// <summary>Accepts a request: the connection is active.</summary>
    public PeeringConnection Accept(string id)
    {
        using (Cloud.Enter())
        {
            var connection = Get(id);
            return connection.StatusCode switch
            {
                Active => connection,
                Pending => Table.Put(connection with { StatusCode = Active, StatusMessage = "Active" }),
                _ => throw Ec2Errors.PeeringStateTransition(id, connection.StatusCode),
            };
        }
    }

    /// <summary>Deletes a connection. The routes to it stay, and lead nowhere.</summary>
    public void Delete(string id)
    {
        using (Cloud.Enter())
        {
            var connection = Get(id);
            if (connection.StatusCode is not (Active or Pending))
                throw Ec2Errors.PeeringStateTransition(id, connection.StatusCode);
            Table.Put(connection with { StatusCode = Deleted, StatusMessage = $"Deleted by {Cloud.Options.AccountId}" });
            Cloud.In(ShownAfterDeletion, () => Table.Remove(id));
        }
    }

    private static FilterCatalogue<PeeringConnection> FiltersOf(Cloud cloud) => new FilterCatalogue<PeeringConnection>()
        .With("vpc-peering-connection-id", connection => connection.Id)
        .With("requester-vpc-info.vpc-id", connection => connection.RequesterVpcId)
        .With("requester-vpc-info.cidr-block", connection => connection.RequesterCidrBlock)
        .With("requester-vpc-info.owner-id", _ => cloud.Options.AccountId)
        .With("accepter-vpc-info.vpc-id", connection => connection.AccepterVpcId)
        .With("accepter-vpc-info.cidr-block", connection => connection.AccepterCidrBlock)
        .With("accepter-vpc-info.owner-id", _ => cloud.Options.AccountId)
        .With("status-code", connection => connection.StatusCode)
        .With("status-message", connection => connection.StatusMessage)
        .With("expiration-time", connection => connection.ExpirationTime);
}
