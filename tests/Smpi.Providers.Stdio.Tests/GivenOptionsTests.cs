namespace Smpi.Providers.Stdio.Tests;

public sealed class GivenOptionsTests
{
    [Fact]
    public void What_code_said_of_a_child_stays_with_a_command_of_the_configuration()
    {
        var given = new ChildProcessOptions
        {
            FileName = "old",
            Arguments = ["a"],
            WorkingDirectory = "/srv",
            Environment = new Dictionary<string, string?> { ["A"] = "1" },
            GraceTime = TimeSpan.FromSeconds(1),
            ErrorTailLines = 3,
        };
        var builder = new SmpiBuilder(new SmpiProviders().AddStdio());
        builder.UseChildProcess(given).UseAddress("stdio[grace=2s]:dotnet worker.dll");
        ChildProcessOptions made = Assert.IsType<ChildProcessProtocol>(builder.FindProtocol()).Options;
        Assert.Equal(("dotnet", "worker.dll"), (made.FileName, Assert.Single(made.Arguments)));
        Assert.Equal((TimeSpan.FromSeconds(2), 3, "/srv"), (made.GraceTime, made.ErrorTailLines, made.WorkingDirectory));
        Assert.Same(given.Environment, made.Environment);
    }
}
