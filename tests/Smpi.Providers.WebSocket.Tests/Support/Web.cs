using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace Smpi.Providers.WebSocket.Tests;

/// <summary>Short ways for web applications.</summary>
internal static class Web
{
    /// <summary>Any free port of this machine.</summary>
    public static void ListenOnLoopback(this IWebHostBuilder builder) => builder.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
}
