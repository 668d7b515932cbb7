namespace Smpi.ThrowingChild;

/// <summary>What user code throws in these tests.</summary>
public sealed class Boom() : Exception("boom");
