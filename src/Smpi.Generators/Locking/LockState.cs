namespace Smpi.Generators;

/// <summary>The committed numbers of a build.</summary>
/// <param name="File">What was committed; null when there is no file.</param>
/// <param name="IsUpdate">Whether the build is to write them anew.</param>
internal sealed record LockState(LockFile? File, bool IsUpdate);
