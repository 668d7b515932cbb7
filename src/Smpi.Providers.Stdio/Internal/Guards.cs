namespace Smpi;

/// <summary>The guard that the operating system offers.</summary>
internal static class Guards
{
    /// <summary>A guard for a child that is about to start; null where none can be had.</summary>
    public static IGuard? Start(string mark) => OperatingSystem.IsWindows() ? JobGuard.Create() : ShellGuard.Start(mark);
}
