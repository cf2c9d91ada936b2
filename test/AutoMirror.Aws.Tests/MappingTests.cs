using Amazon.EC2;
using AutoMirror.Aws.SdkRepairs;
using AutoMirror.Core.Model;
using Xunit;
using Sdk = Amazon.EC2.Model;

namespace AutoMirror.Aws.Tests;

public sealed class MappingTests
{
    [Fact]
    public void An_instance_with_nothing_but_its_id_and_state_is_mapped()
    {
        var instance = Mapping.ToInstance(new Sdk.Instance { InstanceId = "i-1", State = new() { Name = InstanceStateName.Terminated } });

        Assert.Equal(InstanceState.Terminated, instance.State);
        Assert.Empty(instance.NetworkInterfaces);
        Assert.Equal(Tags.None, instance.Tags);
    }

    [Fact]
    public void An_interface_without_a_public_address_or_an_IPv4_address_is_mapped()
    {
        var instance = Mapping.ToInstance(new Sdk.Instance
        {
            InstanceId = "i-1",
            State = new() { Name = InstanceStateName.Running },
            Placement = new() { AvailabilityZone = "eu-west-1b" },
            NetworkInterfaces = [
                new()
                {
                    NetworkInterfaceId = "eni-1",
                    Attachment = new() { DeviceIndex = 1, Status = Amazon.EC2.AttachmentStatus.Attaching },
                }],
        });

        var networkInterface = Assert.Single(instance.NetworkInterfaces);
        Assert.False(networkInterface.HasIpv4Address);
        Assert.Equal("eu-west-1b", networkInterface.AvailabilityZone);
        Assert.Equal(new Attachment(instance.Id, 1, Core.Model.AttachmentStatus.Attaching), networkInterface.Attachment);
        Assert.Null(networkInterface.Tags);
    }

    [Fact]
    public void An_interface_that_a_service_holds_has_no_instance()
    {
        var networkInterface = Mapping.ToNetworkInterface(new Sdk.NetworkInterface
        {
            NetworkInterfaceId = "eni-1", InterfaceType = NetworkInterfaceType.Network_load_balancer,
            Attachment = new() { InstanceOwnerId = "amazon-elb", DeviceIndex = 1, Status = Amazon.EC2.AttachmentStatus.Attached },
        });

        Assert.Equal("network_load_balancer", networkInterface.InterfaceType);
        Assert.NotNull(networkInterface.Attachment);
        Assert.Null(networkInterface.Attachment.InstanceId);
        Assert.Equal(Tags.None, networkInterface.Tags);
    }

    [Theory]
    [InlineData("pending", nameof(InstanceState.Pending))]
    [InlineData("running", nameof(InstanceState.Running))]
    [InlineData("stopping", nameof(InstanceState.Stopping))]
    [InlineData("stopped", nameof(InstanceState.Stopped))]
    [InlineData("shutting-down", nameof(InstanceState.ShuttingDown))]
    [InlineData("terminated", nameof(InstanceState.Terminated))]
    public void Every_state_is_known(string name, string state) =>
        Assert.Equal(
            Enum.Parse<InstanceState>(state),
            Mapping.ToInstance(new Sdk.Instance { InstanceId = "i-1", State = new() { Name = new InstanceStateName(name) } }).State);

    [Fact]
    public void An_answer_that_is_none_of_what_EC2_documents_is_refused()
    {
        Assert.Throws<FormatException>(
            () => Mapping.ToInstance(new Sdk.Instance { InstanceId = "vol-1", State = new() { Name = InstanceStateName.Running } }));
        Assert.Throws<FormatException>(
            () => Mapping.ToInstance(new Sdk.Instance { InstanceId = "i-1", State = new() { Name = new InstanceStateName("dreaming") } }));
    }

    [Fact]
    public void A_foreign_thing_of_a_kind_that_this_build_does_not_know_stops_nothing_else()
    {
        Assert.IsType<TargetDestination.Unknown>(
            Mapping.ToTarget(new Sdk.TrafficMirrorTarget { TrafficMirrorTargetId = "tmt-1", OwnerId = "1" }).Destination);
        var filter = Mapping.ToFilter(
            new Sdk.TrafficMirrorFilter
            {
                TrafficMirrorFilterId = "tmf-1",
                IngressFilterRules = [new() { SourceCidrBlock = "a prefix list" }],
            });
        Assert.False(filter.IsUnderstood);
        var foreign = new Sdk.TrafficMirrorSession { TrafficMirrorSessionId = "tms-1", TrafficMirrorTargetId = "tmx-1" };
        Assert.Empty(Mapping.ToSessions([foreign]));
        foreign.Tags = [new Sdk.Tag("automirror:managed-by", "automirror")];
        Assert.Throws<FormatException>(() => Mapping.ToSessions([foreign]).ToList());
    }

    [Fact]
    public void Who_manages_an_instance_and_on_which_card_an_interface_is_are_read()
    {
        var instance = Mapping.ToInstance(
            new Sdk.Instance
            {
                InstanceId = "i-1",
                State = new() { Name = InstanceStateName.Running },
                Operator = new() { Managed = true, Principal = "eks.amazonaws.com" },
                NetworkInterfaces =
                [
                    new() { NetworkInterfaceId = "eni-1", OwnerId = "2", Attachment = new() { DeviceIndex = 0, NetworkCardIndex = 1 } },
                ],
            },
            ownerId: "1");
        Assert.Equal(("eks.amazonaws.com", "1"), (instance.ManagedBy, instance.OwnerId));
        Assert.Equal((1, false, "2"), (
            instance.NetworkInterfaces[0].Attachment!.NetworkCardIndex, instance.NetworkInterfaces[0].Attachment!.IsPrimary,
            instance.NetworkInterfaces[0].OwnerId));
        var requested = Mapping.ToNetworkInterface(
            new Sdk.NetworkInterface { NetworkInterfaceId = "eni-1", RequesterManaged = true, RequesterId = "amazon-rds", OwnerId = "1" });
        Assert.Equal(("amazon-rds", true), (requested.RequesterId, requested.IsOfAnother("2")));
    }

    [Fact]
    public void An_id_that_is_none_does_not_pass_for_no_id()
    {
        Assert.Throws<FormatException>(
            () =>
                Mapping.ToNetworkInterface(
                    new Sdk.NetworkInterface { NetworkInterfaceId = "eni-1", Attachment = new() { InstanceId = "I-1" } }));
        Assert.Throws<FormatException>(
            () => Mapping.ToNetworkInterface(new Sdk.NetworkInterface { NetworkInterfaceId = "eni-1", VpcId = "vpc" }));
        Assert.Throws<FormatException>(
            () => Mapping.ToNetworkInterface(new Sdk.NetworkInterface { NetworkInterfaceId = "eni-1", SubnetId = "vpc-1" }));
        Assert.Throws<FormatException>(() => Mapping.ToInstance(new Sdk.Instance
        {
            InstanceId = "i-1", State = new() { Name = InstanceStateName.Running }, NetworkInterfaces = [
                new() { NetworkInterfaceId = "eni-1", VpcId = "-" }],
        }));
    }

    [Fact]
    public void An_interface_that_an_instance_lists_twice_is_one()
    {
        var instance = Mapping.ToInstance(new Sdk.Instance
        {
            InstanceId = "i-1", State = new() { Name = InstanceStateName.Running }, NetworkInterfaces = [
                new() { NetworkInterfaceId = "eni-1" }, new() { NetworkInterfaceId = "eni-1" }],
        });

        Assert.Single(instance.NetworkInterfaces);
    }

    [Fact]
    public void Each_kind_of_target_is_told_apart()
    {
        Assert.IsType<TargetDestination.CaptureInterface>(
            Mapping.ToTarget(new() { TrafficMirrorTargetId = "tmt-1", NetworkInterfaceId = "eni-1" }).Destination);
        Assert.IsType<TargetDestination.NetworkLoadBalancer>(
            Mapping.ToTarget(new() { TrafficMirrorTargetId = "tmt-1", NetworkLoadBalancerArn = "arn:…" }).Destination);
        Assert.IsType<TargetDestination.GatewayLoadBalancerEndpoint>(
            Mapping.ToTarget(new() { TrafficMirrorTargetId = "tmt-1", GatewayLoadBalancerEndpointId = "vpce-1" }).Destination);
    }

    [Fact]
    public void A_filter_keeps_the_rules_of_both_directions()
    {
        var filter = Mapping.ToFilter(new Sdk.TrafficMirrorFilter
        {
            TrafficMirrorFilterId = "tmf-1",
            NetworkServices = ["amazon-dns"],
            IngressFilterRules =
            [
                new()
                {
                    TrafficDirection = Amazon.EC2.TrafficDirection.Ingress,
                    RuleNumber = 1,
                    RuleAction = TrafficMirrorRuleAction.Accept,
                    SourceCidrBlock = "0.0.0.0/0",
                    DestinationCidrBlock = "10.0.0.0/8",
                },
            ],
            EgressFilterRules =
            [
                new()
                {
                    TrafficDirection =
                        Amazon.EC2.TrafficDirection.Egress, RuleNumber = 2, RuleAction = TrafficMirrorRuleAction.Reject, Protocol = 6,
                    SourceCidrBlock = "::/0", DestinationCidrBlock = "::/0", DestinationPortRange = new() { FromPort = 443, ToPort = 444 },
                },
            ],
        });

        Assert.True(filter.MirrorsAmazonDns);
        Assert.Equal(
            (Core.Model.TrafficDirection.Ingress, true, null),
            (filter.Rules[0].Direction, filter.Rules[0].Accepts, filter.Rules[0].Protocol));
        Assert.Equal(
            (Core.Model.TrafficDirection.Egress, false, (byte?)6, new PortRange(443, 444)),
            (filter.Rules[1].Direction, filter.Rules[1].Accepts, filter.Rules[1].Protocol, filter.Rules[1].DestinationPorts));
    }

    // Fails when a new version of the SDK renames the field: then the function is only slower at its first call.
    [Fact]
    public void The_SDKs_table_of_instance_types_is_seeded_away()
    {
        Assert.True(InstanceTypeSeed.Plant());
        Assert.True(InstanceTypeSeed.Plant());
        Assert.Equal("m5.large", InstanceType.FindValue("m5.large").Value);
        Assert.Equal(InstanceType.M5Large, InstanceType.FindValue("m5.large"));
    }
}
