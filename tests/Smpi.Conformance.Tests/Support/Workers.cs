namespace Smpi.Conformance.Tests;

/// <summary>The stdio row of the matrix: a real child process at the other end.</summary>
internal static class Workers
{
    public static async Task<int> RunAsync(string encoding, IEventLoopBinding loop)
    {
        await using ISmpiChannel channel = SmpiChannel.Create(builder => Combinations.With(builder, Combinations.Encodings[encoding].Dialler)
            .UseChildProcess("dotnet", Path.Combine(AppContext.BaseDirectory, "Smpi.Conformance.Worker.dll"))
            .RunOn(loop)
            .AddBackHandler());
        int cases = await ChannelCore.RunAsync(channel, FormatTraits.Full);
        Assert.Equal(Combinations.Encodings[encoding].Dialler[0]().Name, channel.Status.Connection!.Encoding);
        return cases;
    }
}
