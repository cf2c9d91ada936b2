using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>Terraform's AWS provider, which checks what it wrote by reading it back and plans again to see nothing left to do.</summary>
public sealed class TerraformTests : ServerTests
{
    private static readonly string? Plugins = Environment.GetEnvironmentVariable("AUTOMIRROR_TF_PLUGIN_DIR") is { Length: > 0 } folder
        ? folder
        : null;

    private readonly string _folder = Directory.CreateTempSubdirectory("automirror-terraform-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [NeedsTerraformPluginsFact]
    public async Task A_configuration_is_applied_without_drift_and_destroyed()
    {
        var source = Launch();
        var sensor = Launch();
        await File.WriteAllTextAsync(Path.Combine(_folder, "main.tf"), Configuration(InterfaceOf(source.Id), InterfaceOf(sensor.Id)));

        await TerraformAsync(0, "init", $"-plugin-dir={Plugins}");
        await TerraformAsync(0, "apply", "-auto-approve");
        var session = Assert.Single(Server.Cloud.Ec2.Sessions.Describe(Query.All).Items);
        Assert.Equal((1, "to the sensor", "yes"), (session.SessionNumber, session.Description, session.Tags["Managed"]));
        Assert.Equal("{}", Server.Cloud.Ssm.Get("/automirror/policy").Value);
        await TerraformAsync(0, "plan", "-detailed-exitcode");
        await TerraformAsync(0, "destroy", "-auto-approve");

        Assert.Empty(Server.Cloud.Ec2.Sessions.Describe(Query.All).Items);
        Assert.Empty(Server.Cloud.Ec2.Filters.Describe(Query.All).Items);
        Assert.Empty(Server.Cloud.Ec2.Targets.Describe(Query.All).Items);
        Assert.Null(Server.Cloud.Ssm.Find("/automirror/policy"));
    }

    private string InterfaceOf(string instance) => Server.Cloud.Ec2.Instances.InterfacesOf(instance)[0].Id;

    private async Task TerraformAsync(int exitCode, string command, params string[] arguments)
    {
        string[] noColour = ["-no-color", "-input=false"];
        var result = await Tool.RunAsync(
            "terraform", [command, .. noColour, .. arguments], Client.Environment(Server), folder: _folder,
                timeLimit: TimeSpan.FromMinutes(4));
        Assert.True(result.ExitCode == exitCode, $"terraform {command}: {result.ExitCode}\n{result.Output}\n{result.Error}");
    }

    private static string Configuration(string source, string sensor) => $$"""
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }

        provider "aws" {
          region                      = "us-east-1"
          skip_metadata_api_check     = true
          skip_credentials_validation = false
          default_tags { tags = { Managed = "yes" } }
        }

        resource "aws_ec2_traffic_mirror_filter" "all" {
          description      = "everything"
          network_services = ["amazon-dns"]
        }

        resource "aws_ec2_traffic_mirror_filter_rule" "in" {
          traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.all.id
          traffic_direction        = "ingress"
          rule_number              = 1
          rule_action              = "accept"
          protocol                 = 6
          source_cidr_block        = "0.0.0.0/0"
          destination_cidr_block   = "10.0.0.0/8"
          destination_port_range {
            from_port = 443
            to_port   = 444
          }
        }

        resource "aws_ec2_traffic_mirror_target" "sensor" {
          network_interface_id = "{{sensor}}"
        }

        resource "aws_ec2_traffic_mirror_session" "one" {
          network_interface_id     = "{{source}}"
          traffic_mirror_filter_id = aws_ec2_traffic_mirror_filter.all.id
          traffic_mirror_target_id = aws_ec2_traffic_mirror_target.sensor.id
          session_number           = 1
          description              = "to the sensor"
        }

        data "aws_subnets" "all" {
          filter {
            name   = "default-for-az"
            values = [true]
          }
        }

        resource "aws_security_group" "sensor" {
          name = "sensor"
          ingress {
            from_port   = 4789
            to_port     = 4789
            protocol    = "udp"
            cidr_blocks = ["10.0.0.0/8"]
          }
          egress {
            from_port   = 0
            to_port     = 0
            protocol    = "-1"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }

        resource "aws_network_interface" "spare" {
          subnet_id       = data.aws_subnets.all.ids[0]
          private_ips     = ["172.31.0.99"]
          security_groups = [aws_security_group.sensor.id]
        }

        resource "aws_ssm_parameter" "policy" {
          name  = "/automirror/policy"
          type  = "String"
          value = "{}"
        }
        """;

    /// <summary>Needs terraform and the AWS provider on disk; says which is missing.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class NeedsTerraformPluginsFactAttribute : FactAttribute
    {
        public NeedsTerraformPluginsFactAttribute()
        {
            if (!Tool.IsOnPath("terraform"))
                Skip = "SKIPPED, not passed: this machine lacks terraform.";
            else if (Plugins is null)
                Skip = "SKIPPED, not passed: no folder of terraform plugins (AUTOMIRROR_TF_PLUGIN_DIR).";
        }
    }
}
