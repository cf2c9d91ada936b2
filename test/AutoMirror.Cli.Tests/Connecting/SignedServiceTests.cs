using System.Net;
using System.Net.Sockets;
using System.Text;
using AutoMirror.Cli.Connecting;

namespace AutoMirror.Cli.Tests.Connecting;

/// <summary>Over a real socket: what goes with credentials goes to the host that was asked, and says who calls.</summary>
public sealed class SignedServiceTests
{
    [Theory]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task No_redirect_is_followed_and_the_caller_is_named(string status)
    {
        using var asked = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        asked.Start();
        other.Start();
        using var http = SignedService.NewClient(TimeSpan.FromSeconds(30));
        var answering = AnswerAsync(asked, $"HTTP/1.1 {status}\r\nLocation: http://{other.LocalEndpoint}/\r\nContent-Length: 0\r\n\r\n");
        using var response = await http.GetAsync(new Uri($"http://{asked.LocalEndpoint}/"));
        Assert.Equal(status[..3], ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("automirror/", await answering, StringComparison.Ordinal);
        Assert.False(other.Pending());
    }

    private static async Task<string> AnswerAsync(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var buffer = new byte[4096];
        var read = await client.GetStream().ReadAsync(buffer);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
