using System.Net;
using AutoMirror.Cli.Tracing;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Tests.Tracing;

/// <summary>How a person writes a packet down.</summary>
public sealed class PacketTextTests
{
    [Theory]
    [InlineData("tcp 10.0.0.5:443 > 10.1.0.9:51000 out", 6, "10.0.0.5", 443, "10.1.0.9", 51000)]
    [InlineData("UDP [fd00::1]:53 >  [fd00::2]:4000 out", 17, "fd00::1", 53, "fd00::2", 4000)]
    [InlineData("icmp 10.0.0.5 > 10.1.0.9 out", 1, "10.0.0.5", null, "10.1.0.9", null)]
    [InlineData("icmpv6 fd00::1 > fd00::2 out", 58, "fd00::1", null, "fd00::2", null)]
    [InlineData("47 10.0.0.5 > 10.1.0.9 out", 47, "10.0.0.5", null, "10.1.0.9", null)]
    public void It_is_understood(string text, byte protocol, string source, int? sourcePort, string destination, int? destinationPort)
    {
        var expected = new PacketText(
            TrafficDirection.Egress, protocol, IPAddress.Parse(source), sourcePort, IPAddress.Parse(destination), destinationPort);

        Assert.Equal(expected, PacketText.Parse(text));
        Assert.Equal(
            expected with { Direction = TrafficDirection.Ingress }, PacketText.Parse(text.Replace("out", "in", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "a packet is PROTOCOL SOURCE")]
    [InlineData("tcp 10.0.0.5:443 10.1.0.9:51000 out", "a packet is PROTOCOL SOURCE")]
    [InlineData("tpc 10.0.0.5:443 > 10.1.0.9:51000 out", "'tpc' is no protocol")]
    [InlineData("256 10.0.0.5 > 10.1.0.9 out", "'256' is no protocol")]
    [InlineData("tcp 10.0.0.5:443 > 10.1.0.9:51000 up", "'up' is neither in nor out")]
    [InlineData("tcp 10.0.0.5 > 10.1.0.9:51000 out", "'10.0.0.5' is not an address with its port")]
    [InlineData("tcp 10.0.0.5:443 > 10.1.0.9:65536 out", "'10.1.0.9:65536' is not an address with its port")]
    [InlineData("tcp fd00::1:443 > [fd00::2]:4000 out", "'fd00::1:443' is not an address with its port")]
    [InlineData("icmp 10.0.0.5:1 > 10.1.0.9 out", "'10.0.0.5:1' is not an address without a port")]
    [InlineData("icmp 10.0.0.5 > fd00::2 out", "10.0.0.5 and fd00::2 are of two families")]
    public void What_is_no_packet_is_refused_in_words(string text, string words) =>
        Assert.StartsWith(words, Assert.Throws<FormatException>(() => PacketText.Parse(text)).Message, StringComparison.Ordinal);
}
