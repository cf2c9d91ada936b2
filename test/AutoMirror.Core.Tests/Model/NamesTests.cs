using AutoMirror.Core.Model;

namespace AutoMirror.Core.Tests.Model;

/// <summary>What comes in from outside and ends up in filters, descriptions and logs.</summary>
public class NamesTests
{
    [Theory]
    [InlineData("i-0c5f6a7e1d2b39481", true)]
    [InlineData("i-1", true)]
    [InlineData("i-0123456789abcdef0123456789abcdef", true)]
    [InlineData("i-0123456789abcdef0123456789abcdef0", false)]
    [InlineData("i-", false)]
    [InlineData("I-1", false)]
    [InlineData("i-A", false)]
    [InlineData("eni-1", false)]
    [InlineData("i-1*", false)]
    [InlineData("i-1,i-2", false)]
    [InlineData(" i-1", false)]
    [InlineData("i-1\n", false)]
    [InlineData("i-1\r\n", false)]
    [InlineData("i-١", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Id_is_its_prefix_and_plain_characters(string? text, bool isId) =>
        Assert.Equal(isId, Id<Instance>.TryParse(text) is not null);

    [Theory]
    [InlineData("automirror", true)]
    [InlineData("A-9", true)]
    [InlineData("12345678901234567890123456789012", true)]
    [InlineData("123456789012345678901234567890123", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("a/b", false)]
    [InlineData("a*", false)]
    [InlineData("a\n", false)]
    public void Deployment_has_a_name_that_fits_into_a_description(string? name, bool isAllowed) =>
        Assert.Equal(isAllowed, Deployment.TryParse(name) is not null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(32766, true)]
    [InlineData(32767, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(4294967297, false)]
    public void Session_number_has_ec2s_range(long value, bool isAllowed) =>
        Assert.Equal(isAllowed, SessionNumber.TryFrom(value) is not null);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(8500, true)]
    [InlineData(8501, false)]
    public void Packet_length_has_ec2s_range(long value, bool isAllowed) =>
        Assert.Equal(isAllowed, PacketLength.TryFrom(value) is not null);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(16777215, true)]
    [InlineData(16777216, false)]
    public void Virtual_network_id_has_24_bits(long value, bool isAllowed) =>
        Assert.Equal(isAllowed, VirtualNetworkId.TryFrom(value) is not null);

    [Fact]
    public void Tags_are_equal_when_they_hold_the_same_pairs_in_any_order()
    {
        var one = new Tags([new("a", "1"), new("b", "2")]);
        Assert.Equal(one, new Tags([new("b", "2"), new("a", "1")]));
        Assert.NotEqual(one, new Tags([new("a", "1"), new("B", "2")]));
        Assert.NotEqual(one, new Tags([new("a", "1")]));
    }
}
