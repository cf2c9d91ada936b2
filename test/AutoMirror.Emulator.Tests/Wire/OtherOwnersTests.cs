using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Sharing;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>What AWS services and other accounts own in the account's subnets, as boto3 reads it.</summary>
public sealed class OtherOwnersTests : ServerTests
{
    private const string Other = "210987654321";

    [NeedsToolFact("python3")]
    public async Task Boto3_reads_what_services_and_other_accounts_own()
    {
        const string Script = """
            import sys
            try:
                import boto3, botocore
            except ImportError:
                print("no boto3"); sys.exit(0)
            ec2 = boto3.client("ec2")
            database, placed, shared = sys.argv[1:]
            def interface(id):
                return ec2.describe_network_interfaces(NetworkInterfaceIds=[id])["NetworkInterfaces"][0]
            rds = interface(database)
            assert (rds["RequesterManaged"], rds["RequesterId"], rds["Description"]) == (True, "amazon-rds", "RDSNetworkInterface"), rds
            assert rds["Attachment"]["InstanceOwnerId"] == "amazon-rds" and "InstanceId" not in rds["Attachment"], rds
            assert rds["OwnerId"] == "123456789012" and rds["Operator"] == {"Managed": False, "HiddenByDefault": False}, rds
            theirs = interface(placed)
            assert theirs["OwnerId"] == theirs["Attachment"]["InstanceOwnerId"] == "210987654321" and theirs["TagSet"] == [], theirs
            assert ec2.describe_instances()["Reservations"] == []
            for id, code in ((database, "InvalidParameterValue"), (placed, "AuthFailure")):
                try:
                    ec2.delete_network_interface(NetworkInterfaceId=id); assert False
                except botocore.exceptions.ClientError as e:
                    assert e.response["Error"]["Code"] == code, e
            arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/n/0123456789abcdef"
            target = ec2.create_traffic_mirror_target(NetworkLoadBalancerArn=arn)["TrafficMirrorTarget"]["TrafficMirrorTargetId"]
            filter = ec2.create_traffic_mirror_filter()["TrafficMirrorFilter"]["TrafficMirrorFilterId"]
            for id in (database, placed):
                ec2.create_traffic_mirror_session(
                    NetworkInterfaceId=id, TrafficMirrorTargetId=target, TrafficMirrorFilterId=filter, SessionNumber=1)
            subnet = ec2.describe_subnets(Filters=[{"Name": "owner-id", "Values": ["210987654321"]}])["Subnets"][0]
            assert subnet["SubnetId"] == shared and subnet["SubnetArn"].split(":")[4] == "210987654321", subnet
            group = ec2.create_security_group(GroupName="g", Description="d", VpcId=subnet["VpcId"])["GroupId"]
            ours = ec2.run_instances(
                ImageId="ami-1", InstanceType="m5.large", MinCount=1, MaxCount=1, SubnetId=shared, SecurityGroupIds=[group])
            assert ours["OwnerId"] == "123456789012" and ours["Instances"][0]["NetworkInterfaces"][0]["OwnerId"] == "123456789012", ours
            print("done")
            """;
        var ec2 = Server.Cloud.Ec2;
        var own = ec2.Networks.CreateSubnet(ec2.Networks.CreateVpc("10.50.0.0/16").Id, "10.50.0.0/24").Id;
        string[] ids =
        [
            ec2.RequesterManaged.Create(RequesterManagedInterface.OfDatabase(own)).Id,
            ec2.SharedVpcs.Place(new ParticipantInterface { OwnerId = Other, SubnetId = own }).Id,
            ec2.SharedVpcs.Receive(new SharedSubnet { OwnerId = Other }).Id,
        ];

        var result = await Tool.RunAsync("python3", ["-c", Script, .. ids], Client.Environment(Server));

        Assert.True(result is { ExitCode: 0, Output: "done\n" or "no boto3\n" }, result.Output + result.Error);
    }
}
