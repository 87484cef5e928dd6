using System.Net;
using Krait.Runtime.Tests.EndToEnd;
using Krait.Sockets.Tests.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Krait.Sockets.Tests.Hosting;

/// <summary>UseKraitSockets() in hosts of every kind.</summary>
public sealed class SetupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(257)]
    public void A_number_of_loops_out_of_range_is_refused(int loops) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SocketsOptions { Loops = loops });

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public void The_ends_of_the_range_are_numbers_of_loops(int loops) => Assert.Equal(loops, new SocketsOptions { Loops = loops }.Loops);

    [Fact]
    public void By_default_there_is_a_loop_for_each_core() => Assert.Equal(Environment.ProcessorCount, new SocketsOptions().Loops);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_order_of_UseKestrel_and_UseKraitSockets_does_not_matter(bool isKraitFirst)
    {
        using var host = new HostBuilder().ConfigureWebHost(web =>
        {
            if (isKraitFirst)
                web.UseKraitSockets().UseKestrel();
            else
                web.UseKestrel().UseKraitSockets();

            web.UseKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0)).Configure(static app => app.Run(AnswerAsync));
        }).Build();
        await host.StartAsync(Ct);
        var address = host.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();

        using var client = new HttpClient();
        Assert.Equal("Krait.Sockets", await client.GetStringAsync(new Uri(address), Ct).InTime());
        await host.StopAsync(Ct);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_in_use_is_refused_with_the_exception_of_Kestrel(bool isKestrels)
    {
        await using var first = await RawServer.StartAsync(Serve.EchoAsync);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKraitSockets(options => options.UseKestrelTransport = isKestrels)
            .ConfigureKestrel(kestrel => kestrel.Listen(first.Address));
        await using var second = builder.Build();

        var error = await Assert.ThrowsAsync<IOException>(() => second.StartAsync(Ct));

        Assert.IsType<AddressInUseException>(error.InnerException);
        Assert.Contains(first.Address.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_builder_is_needed() =>
        Assert.Throws<ArgumentNullException>(static () => KraitSocketsWebHostBuilderExtensions.UseKraitSockets(null!));

    private static Task AnswerAsync(HttpContext context) => context.Response.WriteAsync(
        context.Features.Get<IConnectionTransportFeature>()!.GetType().Assembly.GetName().Name!);
}
