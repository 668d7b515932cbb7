namespace Smpi;

/// <summary>A list or a map: a field of it cannot say that it is null.</summary>
internal interface IRepeatedShape;
