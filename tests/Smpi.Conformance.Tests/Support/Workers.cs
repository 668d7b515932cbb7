namespace Smpi.Conformance.Tests;

/// <summary>The stdio row of the matrix: a real child process at the other end.</summary>
internal static class Workers
{
    public static async Task RunAsync(IEncoding encoding, IEventLoopBinding loop)
    {
        await using ISmpiChannel channel = SmpiChannel.Create(builder => builder
            .UseChildProcess("dotnet", Path.Combine(AppContext.BaseDirectory, "Smpi.Conformance.Worker.dll"))
            .UseEncoding(encoding)
            .RunOn(loop)
            .AddBackHandler());
        await ChannelCore.RunAsync(channel, FormatTraits.Full);
    }
}
