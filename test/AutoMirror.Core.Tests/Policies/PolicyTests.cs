using System.Globalization;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Tests.Policies;

public class PolicyTests
{
    private const string Parameter = "/automirror/policy";

    [Fact]
    public void Empty_document_is_the_default_policy()
    {
        Assert.Equal(Describe(Policy.Default), Describe(Good("{}")));
        Assert.Equal(Describe(Policy.Default), Describe(Good("""
            {"packetLength":null,"virtualNetworkId":null,"exclude":null,"limits":null,"guardDuty":null,"capture":null}
            """)));
    }

    [Fact]
    public void Every_field_is_read()
    {
        var policy = Good("""
            {
              "mode": "create-only", "tagKey": "traffic", "tagLevels": ["vpc", "interface", "vpc"], "untagged": "ids", "interfaces": "primary",
              "standaloneInterfaces": true, "onStop": "keep", "sessionNumber": 5, "packetLength": 128, "virtualNetworkId": 7, "sensorTags": true,
              "exclude": {
                "tags": {"team": ["red", "*"], "x": []}, "instanceTypes": ["m5.large", "c5.*", "u-6tb1.metal"], "vpcs": ["vpc-1"],
                "subnets": ["subnet-1"], "kubernetesNodes": true },
              "limits": {"deletes": 1, "percent": 2, "scopedDeletes": 3},
              "guardDuty": {"severity": 4.5, "sensor": "ids", "hours": 6},
              "capture": {"hours": 8}
            }
            """);
        Assert.Equal(
            "CreateOnly traffic [Interface Vpc] ids Primary True Keep #5 128 7 True {team: red *; x: } m5.large c5.* u-6tb1.metal vpc-1 "
                + "subnet-1 True 1 2 3 4.5 ids 6 8",
            Describe(policy));
    }

    [Theory]
    [InlineData("""{"mode":"Sync"}""", "mode", "\"Sync\"", "\"sync\", \"create-only\", \"observe\", \"off\"")]
    [InlineData("""{"mode":null}""", "mode", "null", "one of")]
    [InlineData("""{"mode":true}""", "mode", "true", "one of")]
    [InlineData("""{"tagKey":""}""", "tagKey", "\"\"", "1–128")]
    [InlineData("""{"tagKey":"AWS:x"}""", "tagKey", "AWS:x", "aws:")]
    [InlineData("""{"tagKey":5}""", "tagKey", "5", "1–128")]
    [InlineData("""{"tagLevels":[]}""", "tagLevels", "[]", "at least one")]
    [InlineData("""{"tagLevels":"instance"}""", "tagLevels", "\"instance\"", "list")]
    [InlineData("""{"tagLevels":["instance","host"]}""", "tagLevels[1]", "\"host\"", "subnet")]
    [InlineData("""{"tagLevels":null}""", "tagLevels", "null", "list")]
    [InlineData("""{"untagged":false}""", "untagged", "false", "256")]
    [InlineData("""{"interfaces":"first"}""", "interfaces", "first", "primary")]
    [InlineData("""{"standaloneInterfaces":"yes"}""", "standaloneInterfaces", "yes", "true or false")]
    [InlineData("""{"onStop":"Delete"}""", "onStop", "Delete", "keep")]
    [InlineData("""{"sessionNumber":0}""", "sessionNumber", "0", "1–32766")]
    [InlineData("""{"sessionNumber":32767}""", "sessionNumber", "32767", "1–32766")]
    [InlineData("""{"sessionNumber":1.5}""", "sessionNumber", "1.5", "whole")]
    [InlineData("""{"sessionNumber":"1"}""", "sessionNumber", "\"1\"", "whole")]
    [InlineData("""{"sessionNumber":1e400}""", "sessionNumber", "1e400", "whole")]
    [InlineData("""{"sessionNumber":99999999999999999999}""", "sessionNumber", "99999999999999999999", "whole")]
    [InlineData("""{"packetLength":8501}""", "packetLength", "8501", "1–8500")]
    [InlineData("""{"virtualNetworkId":16777216}""", "virtualNetworkId", "16777216", "0–16777215")]
    [InlineData("""{"virtualNetworkId":-1}""", "virtualNetworkId", "-1", "0–16777215")]
    [InlineData("""{"sensorTags":0}""", "sensorTags", "0", "true or false")]
    [InlineData("""{"exclude":[]}""", "exclude", "[]", "object")]
    [InlineData("""{"exclude":{"tags":{"a":"b"}}}""", "exclude.tags.a", "\"b\"", "list")]
    [InlineData("""{"exclude":{"tags":{"a":[1]}}}""", "exclude.tags.a[0]", "1", "text")]
    [InlineData("""{"exclude":{"tags":[]}}""", "exclude.tags", "[]", "object")]
    [InlineData("""{"exclude":{"instanceTypes":["m5"]}}""", "exclude.instanceTypes[0]", "m5", "m5.*")]
    [InlineData("""{"exclude":{"instanceTypes":["*.large"]}}""", "exclude.instanceTypes[0]", "*.large", "m5.*")]
    [InlineData("""{"exclude":{"instanceTypes":["m5.l*"]}}""", "exclude.instanceTypes[0]", "m5.l*", "m5.*")]
    [InlineData("""{"exclude":{"vpcs":["subnet-1"]}}""", "exclude.vpcs[0]", "subnet-1", "vpc-")]
    [InlineData("""{"exclude":{"subnets":["vpc-1"]}}""", "exclude.subnets[0]", "vpc-1", "subnet-")]
    [InlineData("""{"exclude":{"kubernetesNodes":null}}""", "exclude.kubernetesNodes", "null", "true or false")]
    [InlineData("""{"exclude":{"nodes":true}}""", "exclude.nodes", "unknown", "kubernetesNodes")]
    [InlineData("""{"limits":{"percent":101}}""", "limits.percent", "101", "0–100")]
    [InlineData("""{"limits":{"deletes":-1}}""", "limits.deletes", "-1", "0–10000")]
    [InlineData("""{"limits":{"scopedDeletes":10001}}""", "limits.scopedDeletes", "10001", "0–10000")]
    [InlineData("""{"limits":7}""", "limits", "7", "object")]
    [InlineData("""{"guardDuty":{"severity":0.9}}""", "guardDuty.severity", "0.9", "1–10")]
    [InlineData("""{"guardDuty":{"severity":1e400}}""", "guardDuty.severity", "1e400", "1–10")]
    [InlineData("""{"guardDuty":{"sensor":""}}""", "guardDuty.sensor", "\"\"", "name")]
    [InlineData("""{"guardDuty":{"hours":0}}""", "guardDuty.hours", "0", "1–8760")]
    [InlineData("""{"capture":{"hours":8761}}""", "capture.hours", "8761", "1–8760")]
    [InlineData("""{"capture":{"for":1}}""", "capture.for", "unknown", "hours")]
    [InlineData("""{"capture":true}""", "capture", "true", "object")]
    [InlineData("""{"guardDuty":true}""", "guardDuty", "true", "object")]
    [InlineData("""{"Mode":"sync"}""", "Mode", "unknown", "mode")]
    public void Wrong_field_is_named_with_its_value_and_what_is_allowed(string json, string field, string found, string allowed)
    {
        var error = Assert.Single(Errors(json));
        Assert.Equal(Parameter, error.Parameter);
        Assert.Equal(field, error.Field);
        Assert.Contains(found, error.Found, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Allowed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"mode":"sync","mode":"off"}""")]
    [InlineData("""{"exclude":{"tags":{"a":[],"a":[]}}}""")]
    [InlineData("""{"mode":"sync",}""")]
    [InlineData("// no\n{}")]
    [InlineData("""{"exclude":{"tags":{"a":[[[[[[[[[[]]]]]]]]]]}}}""")]
    [InlineData("""{"tagKey":"\ud800"}""")]
    [InlineData("""{"exclude":{"tags":{"\ud800":[]}}}""")]
    public void Document_that_is_no_json_object_is_one_error(string json)
    {
        var error = Assert.Single(Errors(json));
        Assert.Null(error.Field);
        Assert.Contains("a JSON object", error.Allowed, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_found_at_once() => Assert.Equal(
        ["mode", "tagLevels[0]", "sessionNumber", "exclude.vpcs[1]", "exclude.x", "limits.percent", "guardDuty.hours", "nonsense"],
        Errors("""
            {"mode":"on","tagLevels":["x"],"sessionNumber":0,"exclude":{"vpcs":["vpc-1","1"],"x":1},"limits":{"percent":-1},"guardDuty":{"hours":1.5},"nonsense":1}
            """).Select(error => error.Field));

    [Fact]
    public void Value_in_an_error_is_short_and_on_one_line()
    {
        var error = Assert.Single(Errors($$"""{"mode":"{{new string('x', 10_000)}}"}"""));
        Assert.True(error.ToString().Length < 300);
        Assert.DoesNotContain('\n', Assert.Single(Errors("{\"mode\":[\n1\n]}")).ToString());
    }

    [Theory]
    [InlineData("m5.*", "m5.large", true)]
    [InlineData("m5.*", "m5a.large", false)]
    [InlineData("m5.large", "M5.Large", true)]
    [InlineData("m5.large", "m5.xlarge", false)]
    public void Instance_type_pattern_is_a_type_or_a_family(string pattern, string type, bool matches) =>
        Assert.Equal(matches, InstanceTypePattern.TryParse(pattern)!.Value.Matches(type));

    internal static List<ConfigurationError> Errors(string json)
    {
        var errors = new List<ConfigurationError>();
        PolicyReader.Read(Parameter, json, errors);
        return errors;
    }

    private static Policy Good(string json)
    {
        var errors = new List<ConfigurationError>();
        var policy = PolicyReader.Read(Parameter, json, errors);
        Assert.Empty(errors);
        return policy;
    }

    private static string Describe(Policy policy) => string.Create(
        CultureInfo.InvariantCulture,
        $"{policy.Mode} {policy.TagKey} [{string.Join(' ', policy.TagLevels.Order())}] {policy.Untagged} {policy.Interfaces} "
        + $"{policy.StandaloneInterfaces} {policy.OnStop} #{policy.SessionNumber} {policy.PacketLength} {Network(policy.VirtualNetworkId)} "
        + $"{policy.SensorTags} "
        + $"{{{string.Join("; ", policy.Exclude.Tags.Select(tag => $"{tag.Key}: {string.Join(' ', tag.Value)}"))}}} "
        + $"{string.Join(' ', policy.Exclude.InstanceTypes)} {string.Join(' ', policy.Exclude.Vpcs)} {string.Join(' ',
            policy.Exclude.Subnets)} {policy.Exclude.KubernetesNodes} "
        + $"{policy.Limits.Deletes} {policy.Limits.Percent} {policy.Limits.ScopedDeletes} {policy.GuardDuty?.Severity} "
        + $"{policy.GuardDuty?.Sensor} {policy.GuardDuty?.Hours} {policy.Capture?.Hours}");

    private static string Network(VirtualNetworks networks) => networks switch
    {
        VirtualNetworks.Fixed { Id: var id } => $"{id}",
        VirtualNetworks.PerVpc => "perVpc",
        _ => "",
    };
}
