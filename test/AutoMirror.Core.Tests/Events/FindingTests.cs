using AutoMirror.Core.Events;
using static AutoMirror.Core.Tests.Events.Samples;

namespace AutoMirror.Core.Tests.Events;

/// <summary>Which instances a GuardDuty finding is about.</summary>
public class FindingTests
{
    [Theory]
    [InlineData("""{"resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-1"}},"severity":8}""", "i-1")]
    [InlineData("""{"resource":{"resourceType":"EKSCluster","eksClusterDetails":{},"instanceDetails":{"instanceId":"i-2"}},"severity":8}""", "i-2")]
    [InlineData("""{"service":{"detection":{"sequence":{"resources":[{"uid":"arn:aws:ec2:us-east-1:1:instance/i-4","resourceType":"EC2_INSTANCE"},{"uid":"i-3","name":"web","resourceType":"EC2_INSTANCE"},{"uid":"AKIA","resourceType":"ACCESS_KEY"}]}}},"severity":9}""", "i-3 i-4")]
    [InlineData("""{"resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"i-1"}},"service":{"detection":{"sequence":{"resources":[{"uid":"i-1","resourceType":"EC2_INSTANCE"}]}}},"severity":9}""", "i-1")]
    public void Every_instance_that_a_finding_names_is_meant(string detail, string instances) =>
        Assert.Equal(instances, string.Join(' ', Assert.IsType<MirrorEvent.Finding>(Parse(Envelope(detail))).Instances));

    [Theory]
    [InlineData("""{"resource":{"resourceType":"AccessKey"},"severity":8}""")]
    [InlineData("""{"service":{"detection":{"sequence":{"resources":[{"uid":"b","resourceType":"S3_BUCKET"}]}}},"severity":9}""")]
    public void A_finding_about_something_else_is_ignored(string detail) => Assert.IsType<MirrorEvent.Ignored>(Parse(Envelope(detail)));

    [Theory]
    [InlineData("""{"severity":8}""", "detail.resource.resourceType")]
    [InlineData("""{"resource":{"resourceType":"Instance"},"severity":8}""", "detail.resource.instanceDetails.instanceId")]
    [InlineData("""{"resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"x"}},"severity":8}""", "detail.resource.instanceDetails.instanceId")]
    [InlineData("""{"service":{"detection":{"sequence":{"resources":[{"uid":"x","resourceType":"EC2_INSTANCE"}]}}},"severity":9}""", "detail.service.detection.sequence.resources")]
    public void A_finding_that_cannot_be_understood_names_the_field(string detail, string field) =>
        Assert.Equal(field, MalformedIn(Envelope(detail)).Field);

    private static string Envelope(string detail) => $$"""{"source":"aws.guardduty","detail-type":"GuardDuty Finding","detail":{{detail}}}""";
}
