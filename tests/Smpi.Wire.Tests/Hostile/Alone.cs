namespace Smpi.Wire.Tests.Hostile;

/// <summary>Tests that measure memory or time, with nothing else beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
