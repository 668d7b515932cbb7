using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// In this process: nothing is built while it runs, so it works beside other builds too.
Job job = (args.Contains("--dry") ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance);
string[] own = [.. args.Where(argument => argument != "--dry")];
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(own.Length == 0 ? ["--filter", "*"] : own, DefaultConfig.Instance.AddJob(job));
