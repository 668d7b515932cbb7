using System.Globalization;
using Smpi.Bench.Peers;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();

// Standard output carries the answers.
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
await using WebApplication app = builder.Build();
app.MapHub<RowHub>("/rows");
await app.StartAsync();

while (await Console.In.ReadLineAsync() is { } line)
{
    Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
    Console.Out.WriteLine(line switch
    {
        "port" => new Uri(app.Urls.First()).Port.ToString(CultureInfo.InvariantCulture),
        "usage" => string.Create(CultureInfo.InvariantCulture, $"{cpu.UserTime.TotalMicroseconds:0} {cpu.PrivilegedTime.TotalMicroseconds:0}"),
        _ => $"failed '{line}': there is no such command",
    });
    Console.Out.Flush();
}
